package dev.keygate.sidecar.device;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Why a device that is there cannot be opened, said so that somebody can do something about it. */
final class DeviceAccess {

  private DeviceAccess() {}

  /** Whether the kernel said EACCES, which is about the file's mode, or EPERM, which is not. */
  static boolean isDenied(IOException thrown) {
    return thrown instanceof AccessDeniedException || isForbidden(thrown) || says(thrown, "denied");
  }

  static RefusedException denied(Path path, IOException cause) {
    return new RefusedException(
        Reason.TpmNotPermitted,
        "The TPM at "
            + path
            + " is there, but this process may not open it: "
            + (isForbidden(cause) ? forbidden() : owner(path))
            + ".",
        cause);
  }

  /** The container's cgroup allows the device to no process, whatever its user. */
  private static String forbidden() {
    return "the container was not given the device; request the device plugin's resource for it";
  }

  private static String owner(Path path) {
    try {
      Object user = Files.getAttribute(path, "unix:uid");
      Object group = Files.getAttribute(path, "unix:gid");
      return "the device belongs to user "
          + user
          + " and group "
          + group
          + " with mode "
          + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
          + "; put "
          + group
          + " into the pod's supplementalGroups";
    } catch (IOException unknown) {
      return "a folder above it is closed to it";
    }
  }

  private static boolean isForbidden(IOException thrown) {
    return says(thrown, "not permitted");
  }

  /** The JDK keeps no error number; the C library's text is all there is. */
  private static boolean says(IOException thrown, String text) {
    return String.valueOf(thrown.getMessage()).contains(text);
  }
}
