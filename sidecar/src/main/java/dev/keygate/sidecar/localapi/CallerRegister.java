package dev.keygate.sidecar.localapi;

import dev.keygate.contract.PodLayout;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.delivery.Readers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call, by their tokens. A token lies in a file of its container's own directory, which is
 * mounted into that container alone. It outlives the sidecar, so an app that has read it keeps it.
 */
public final class CallerRegister {

  private static final int TOKEN_FILE_LIMIT_BYTES = 128;

  private record Entry(CallerToken token, Caller caller) {}

  private final List<Entry> entries;

  private CallerRegister(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Nobody may call. */
  public static CallerRegister empty() {
    return new CallerRegister(List.of());
  }

  /**
   * Reads the token of every container, and writes those that are not there.
   *
   * @param directory with a directory for each container, which is made if it is not there
   * @param readers who may read a token
   * @param keysByContainer the names of the keys that each container may have
   * @throws RefusedException {@code SettingsInvalid} if the directory cannot be used
   */
  public static CallerRegister open(
      Path directory,
      Readers readers,
      Map<String, Set<String>> keysByContainer,
      SecureRandom random)
      throws RefusedException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Set<String>> caller : keysByContainer.entrySet()) {
      Path folder = directory.resolve(caller.getKey());
      try {
        Files.createDirectories(directory);
        readers.makeFolder(folder);
        CallerToken token = readOrWrite(folder.resolve(PodLayout.TOKEN_FILE), readers, random);
        entries.add(new Entry(token, new Caller(caller.getKey(), caller.getValue())));
      } catch (IOException unusable) {
        throw new RefusedException(
            Reason.SettingsInvalid,
            "The setting keygate.callers-directory is a folder in which this process may write; in "
                + folder
                + " it may not.",
            unusable);
      }
    }
    return new CallerRegister(entries);
  }

  /** Compares with every token, so that the time does not say which one was close. */
  Optional<Caller> find(String presented) {
    Optional<Caller> found = Optional.empty();
    for (Entry entry : entries) {
      if (entry.token().isSameAs(presented)) {
        found = Optional.of(entry.caller());
      }
    }
    return found;
  }

  private static CallerToken readOrWrite(Path file, Readers readers, SecureRandom random)
      throws IOException {
    Optional<CallerToken> before = read(file);
    if (before.isPresent()) {
      Files.setPosixFilePermissions(file, readers.filePermissions());
      return before.get();
    }
    CallerToken token = CallerToken.fresh(random);
    write(file, token, readers);
    return token;
  }

  private static Optional<CallerToken> read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(TOKEN_FILE_LIMIT_BYTES);
      String text = new String(octets, StandardCharsets.US_ASCII).strip();
      return CallerToken.isToken(text) ? Optional.of(new CallerToken(text)) : Optional.empty();
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  /** Never half written, and readable by nobody else before it has its name. */
  private static void write(Path file, CallerToken token, Readers readers) throws IOException {
    Path draft = file.resolveSibling("." + PodLayout.TOKEN_FILE + ".new");
    Files.deleteIfExists(draft);
    try {
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException raced) {
      throw new IOException("another process writes caller tokens in the same folder", raced);
    }
    Files.writeString(draft, token.reveal(), StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
    Files.setPosixFilePermissions(draft, readers.filePermissions());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
