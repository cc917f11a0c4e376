package dev.keygate.emulator.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that readers find entirely or not at all. Written beside and renamed, which also replaces a
 * file that its own owner may not write.
 */
public final class WholeFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private WholeFile() {}

  /**
   * Writes a file, replacing what is there.
   *
   * @param mode what it is readable by, whatever the process's umask is; such as {@code r--r-----}
   */
  public static void write(Path file, byte[] content, String mode) throws IOException {
    Path part =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "part-",
            ".tmp",
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.write(part, content);
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(mode));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes a folder, its parents too, and gives it a mode whatever the process's umask is. */
  public static void folder(Path folder, String mode) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }
}
