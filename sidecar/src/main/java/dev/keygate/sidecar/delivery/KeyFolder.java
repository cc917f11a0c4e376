package dev.keygate.sidecar.delivery;

import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.sidecar.secret.SecretBytes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one key in one container's folder. Whoever reads sees complete versions alone: a
 * version appears and disappears by one rename of its folder, and {@code current} is replaced by
 * one rename of a link. What a process that was killed leaves behind begins with a dot, or is a
 * version that nobody was pointed to yet.
 *
 * <pre>
 *   .new-V/key.* ──rename──► V/key.* ──rename──► .gone-V/key.* ──► zeroed, deleted
 *   .current ──► V ──rename──► current ──► V
 * </pre>
 *
 * Not safe for use by several threads.
 */
final class KeyFolder {

  /** The link to the folder of the current version, relative. */
  static final String CURRENT = "current";

  private static final String DRAFT = ".new-";
  private static final String GONE = ".gone-";
  private static final String LINK_DRAFT = ".current";

  private final Path folder;
  private final Readers readers;

  private KeyFolder(Path folder, Readers readers) {
    this.folder = folder;
    this.readers = readers;
  }

  /**
   * Makes the folder, or takes over one that an earlier process left: what it had not finished is
   * removed, what it had finished stays, since an app may be reading it.
   */
  static KeyFolder open(Path folder, Readers readers) throws IOException {
    readers.makeFolder(folder);
    KeyFolder opened = new KeyFolder(folder, readers);
    opened.removeRemains();
    return opened;
  }

  /** Removes a key's folder with all that is in it, if it is there. */
  static void remove(Path folder) throws IOException {
    clear(folder);
  }

  /** Writes a version in its formats, in place of what may be there under its name. */
  void write(KeyVersion version, Map<KeyFormat, SecretBytes> texts) throws IOException {
    Path target = folder.resolve(version.value());
    if (isComplete(target)) {
      readers.makeFolder(target);
      writeFiles(target, texts);
      return;
    }
    Path draft = folder.resolve(DRAFT + version.value());
    clear(draft);
    try {
      readers.makeFolder(draft);
      writeFiles(draft, texts);
      clear(target);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      clear(draft);
    }
  }

  private void writeFiles(Path version, Map<KeyFormat, SecretBytes> texts) throws IOException {
    for (Map.Entry<KeyFormat, SecretBytes> text : texts.entrySet()) {
      KeyFile.write(
          version.resolve(text.getKey().fileName()), text.getValue(), readers.filePermissions());
    }
  }

  /** Points {@code current} to a version that is there. */
  void switchTo(KeyVersion version) throws IOException {
    Path link = folder.resolve(CURRENT);
    Path target = Path.of(version.value());
    if (!isComplete(folder.resolve(target))) {
      throw new IOException("version " + version + " is not complete");
    }
    if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
      return;
    }
    Path draft = folder.resolve(LINK_DRAFT);
    clear(draft);
    if (!Files.isSymbolicLink(link)) {
      clear(link);
    }
    Files.createSymbolicLink(draft, target);
    Files.move(draft, link, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes every version but these. */
  void retain(Set<KeyVersion> versions) throws IOException {
    for (Path entry : entries(folder)) {
      String name = entry.getFileName().toString();
      if (!name.equals(CURRENT) && versions.stream().noneMatch(v -> v.value().equals(name))) {
        vanish(entry);
      }
    }
  }

  /** Removes a version, and the link to it first, so that nobody follows it half-way. */
  void withdraw(KeyVersion version) throws IOException {
    if (pointsTo(version)) {
      clear(folder.resolve(CURRENT));
    }
    Path target = folder.resolve(version.value());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      vanish(target);
    }
  }

  /** Whether {@code current} leads to a version. */
  boolean pointsTo(KeyVersion version) throws IOException {
    Path link = folder.resolve(CURRENT);
    return Files.isSymbolicLink(link)
        && Files.readSymbolicLink(link).equals(Path.of(version.value()));
  }

  /** The versions that are there, complete. */
  Set<KeyVersion> versions() throws IOException {
    Set<KeyVersion> versions = new HashSet<>();
    for (Path entry : entries(folder)) {
      if (isComplete(entry)) {
        versionOf(entry).ifPresent(versions::add);
      }
    }
    return versions;
  }

  private static Optional<KeyVersion> versionOf(Path entry) {
    try {
      return Optional.of(KeyVersion.parse(entry.getFileName().toString()));
    } catch (EndpointFormatException noVersion) {
      return Optional.empty();
    }
  }

  /** Removes everything, the folder too. */
  void wipe() throws IOException {
    clear(folder);
  }

  private void removeRemains() throws IOException {
    for (Path entry : entries(folder)) {
      if (entry.endsWith(CURRENT)) {
        continue;
      }
      if (isComplete(entry)) {
        for (Path remains : entries(entry)) {
          if (!KeyFormat.isFile(remains)) {
            clear(remains);
          }
        }
      } else {
        vanish(entry);
      }
    }
    Path link = folder.resolve(CURRENT);
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !isComplete(link.toAbsolutePath())) {
      clear(link);
    }
  }

  /** A version's folder is complete as soon as it has its name: its files were written before. */
  private static boolean isComplete(Path version) throws IOException {
    Path file = version.resolve(KeyFormat.JWK.fileName());
    return !version.getFileName().toString().startsWith(".")
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) > 0;
  }

  /** Takes an entry out of sight before its content is destroyed. */
  private void vanish(Path entry) throws IOException {
    Path gone = folder.resolve(GONE + entry.getFileName());
    clear(gone);
    Files.move(entry, gone, StandardCopyOption.ATOMIC_MOVE);
    clear(gone);
  }

  /** Wipes whatever is there, without following links. */
  private static void clear(Path entry) throws IOException {
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      for (Path below : entries(entry)) {
        clear(below);
      }
      Files.delete(entry);
    } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      KeyFile.wipe(entry);
    } else {
      Files.deleteIfExists(entry);
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    }
    return entries;
  }
}
