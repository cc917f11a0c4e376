package dev.keygate.emulator.platform;

import dev.keygate.emulator.state.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A machine's two folders.
 *
 * @param guest what software on the machine sees: {@code tpm.sock} and {@code
 *     binary_bios_measurements}. It can be mounted into a container of another user whose group is
 *     the lab's own: the folder has mode 0750, the socket 0660 like a TPM device, the event log
 *     0440 like the kernel's
 * @param state what the vTPM keeps from boot to boot, with its private keys; for the lab alone
 */
public record MachineFolder(Path guest, Path state) {

  static final String SOCKET_MODE = "rw-rw----";
  static final String EVENT_LOG_MODE = "r--r-----";
  private static final String GUEST_MODE = "rwxr-x---";
  private static final String STATE_MODE = "rwx------";

  /** Both folders in one. */
  public static MachineFolder in(Path directory) {
    return new MachineFolder(directory.resolve("guest"), directory.resolve("state"));
  }

  void make() throws IOException {
    WholeFile.folder(guest, GUEST_MODE);
    WholeFile.folder(state, STATE_MODE);
  }

  Path socket() {
    return guest.resolve("tpm.sock");
  }

  Path eventLog() {
    return guest.resolve("binary_bios_measurements");
  }
}
