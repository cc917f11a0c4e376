package dev.keygate.emulator.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A state of one file per name, readable by its owner only: the files hold private keys. */
public final class FolderState implements LabState {

  private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,160}");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path folder;

  private FolderState(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder and creates it where absent.
   *
   * @throws IOException if the folder cannot be created
   */
  public static FolderState open(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new FolderState(folder);
  }

  @Override
  public Optional<String> read(String name) {
    try {
      return Optional.of(Files.readString(file(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void write(String name, String text) {
    try {
      Path part =
          Files.createTempFile(
              folder, "part-", ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.write(part, text.getBytes(UTF_8));
      Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches() || name.startsWith(".")) {
      throw new IllegalArgumentException("no name of a state: " + name);
    }
    return folder.resolve(name);
  }
}
