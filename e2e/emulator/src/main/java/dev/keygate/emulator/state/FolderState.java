package dev.keygate.emulator.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/** A state of one file per name, readable by its owner only: the files hold private keys. */
public final class FolderState implements LabState {

  private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,160}");

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
      WholeFile.write(file(name), text.getBytes(UTF_8), "rw-------");
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
