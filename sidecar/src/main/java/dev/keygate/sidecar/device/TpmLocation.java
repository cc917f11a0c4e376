package dev.keygate.sidecar.device;

import java.nio.file.Path;

/** Where the TPM is. */
public sealed interface TpmLocation {

  /** The kernel's resource manager, which keeps the handles of its clients apart. */
  TpmLocation RESOURCE_MANAGER = new DeviceFile(Path.of("/dev/tpmrm0"));

  /** The path, for a message. */
  Path path();

  /** A character device of the kernel's TPM driver. */
  record DeviceFile(Path path) implements TpmLocation {}

  /** The Unix socket of the lab's TPM, which takes and gives what the device would. */
  record LabSocket(Path path) implements TpmLocation {}
}
