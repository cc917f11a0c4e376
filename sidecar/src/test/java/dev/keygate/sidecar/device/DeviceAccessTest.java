package dev.keygate.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceAccessTest {

  @TempDir private Path folder;

  @Test
  void saysWhichGroupWouldBeLetIn() throws IOException {
    Path device = Files.createFile(folder.resolve("tpmrm0"));
    Files.setPosixFilePermissions(device, PosixFilePermissions.fromString("rw-rw----"));
    Object group = Files.getAttribute(device, "unix:gid");

    RefusedException refused =
        DeviceAccess.denied(device, new AccessDeniedException(device.toString()));

    assertThat(refused.reason()).isEqualTo(Reason.TpmNotPermitted);
    assertThat(refused)
        .hasMessageContaining(device.toString())
        .hasMessageContaining("group " + group)
        .hasMessageContaining("rw-rw----")
        .hasMessageContaining("supplementalGroups");
  }

  /** What the kernel says where the container's cgroup does not allow the device. */
  @Test
  void tellsADeviceThatTheContainerWasNotGivenFromOneOfAnotherGroup() throws IOException {
    Path device = Files.createFile(folder.resolve("tpmrm0"));
    IOException forbidden =
        new FileSystemException(device.toString(), null, "Operation not permitted");

    assertThat(DeviceAccess.isDenied(forbidden)).isTrue();
    assertThat(DeviceAccess.denied(device, forbidden))
        .hasMessageContaining("was not given the device")
        .hasMessageNotContaining("supplementalGroups");
  }

  @Test
  void saysWhatItCanOfADeviceThatItCannotSee() {
    RefusedException refused =
        DeviceAccess.denied(folder.resolve("closed/tpmrm0"), new AccessDeniedException("x"));

    assertThat(refused.reason()).isEqualTo(Reason.TpmNotPermitted);
    assertThat(refused).hasMessageNotContaining("supplementalGroups");
  }

  @Test
  void takesNothingElseForADenial() {
    assertThat(DeviceAccess.isDenied(new NoSuchFileException("/dev/tpmrm0"))).isFalse();
    assertThat(DeviceAccess.isDenied(new SocketException("Connection refused"))).isFalse();
    assertThat(DeviceAccess.isDenied(new IOException("Device or resource busy"))).isFalse();
    assertThat(DeviceAccess.isDenied(new IOException())).isFalse();
    assertThat(DeviceAccess.isDenied(new SocketException("Permission denied"))).isTrue();
  }
}
