package dev.keygate.emulator.admin;

import dev.keygate.emulator.platform.CollateralAge;
import dev.keygate.emulator.platform.vtpm.TpmFault;
import java.util.OptionalInt;

/**
 * What can be done to the machines of a running lab. Bad arguments are {@link
 * IllegalArgumentException}s.
 */
public interface MachineControl {

  /**
   * Reboots a machine: connections to its TPM end, objects and sessions are gone, the null
   * hierarchy has another seed, the reset count is one higher, the attestation key stays.
   */
  void reboot(String machine);

  /** Lets something happen to the TPM commands of a machine. */
  void inject(String machine, TpmFault fault);

  /** Lets nothing happen to the TPM commands of a machine any more. */
  void clearFaults(String machine);

  /** Lets the host of a machine serve the endorsement of another TCB. */
  void serveCollateral(String machine, CollateralAge age);

  /** Limits the requests to a machine's metadata service; empty for no limit. */
  void limitMetadata(String machine, OptionalInt requestsPerSecond);
}
