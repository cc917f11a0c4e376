package dev.keygate.images.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Lays an image's layers out in a folder, as a container runtime does: names, content, permissions
 * and times of change, which the AOT cache compares. Owners are left out, so that no privilege is
 * needed.
 */
public final class LayoutOnDisk {

  private static final String WHITEOUT = ".wh.";

  private final Path root;

  private LayoutOnDisk(Path root) {
    this.root = root;
  }

  /**
   * Lays an image out.
   *
   * @param root an empty folder
   * @throws IOException if an entry would lie outside of it, or is of a kind that an image of ours
   *     has no use for
   */
  public static void of(ImageArchive image, Path root) throws IOException {
    image.forEachFile(new LayoutOnDisk(root.toRealPath())::put);
  }

  private void put(TarArchiveEntry entry, InputStream content) throws IOException {
    Path path = inside(entry.getName());
    String name = String.valueOf(path.getFileName());
    if (name.startsWith(WHITEOUT)) {
      remove(path, name);
    } else if (entry.isDirectory()) {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
    } else if (entry.isSymbolicLink()) {
      Files.deleteIfExists(path);
      Files.createDirectories(path.getParent());
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.deleteIfExists(path);
      Files.createLink(path, inside(entry.getLinkName()));
    } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      throw new IOException(
          "expected files, folders and links, found " + entry.getName() + " of another kind");
    } else {
      write(entry, content, path);
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path path)
      throws IOException {
    Files.createDirectories(path.getParent());
    Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    Files.setLastModifiedTime(path, FileTime.from(entry.getLastModifiedTime().toInstant()));
  }

  private void remove(Path whiteout, String name) throws IOException {
    Path hidden = whiteout.resolveSibling(name.substring(WHITEOUT.length()));
    if (name.startsWith(WHITEOUT + WHITEOUT)
        || Files.isDirectory(hidden, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "expected a base image whose layers only add files, found " + whiteout + "; flatten it");
    }
    Files.deleteIfExists(hidden);
  }

  /** A name that climbs out, or a link on the way out, would write to this machine. */
  private Path inside(String name) throws IOException {
    Path path = root.resolve(name.replaceAll("^/+", "")).normalize();
    if (!path.startsWith(root)) {
      throw new IOException("expected a path inside the image, found " + name);
    }
    Path existing = path.getParent();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!path.equals(root) && (existing == null || !existing.toRealPath().startsWith(root))) {
      throw new IOException("expected a path inside the image, found a link out of it: " + name);
    }
    return path;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromOthersUp = {
      PosixFilePermission.OTHERS_EXECUTE,
      PosixFilePermission.OTHERS_WRITE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.GROUP_EXECUTE,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.OWNER_EXECUTE,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_READ
    };
    for (int bit = 0; bit < fromOthersUp.length; bit++) {
      if ((mode >> bit & 1) == 1) {
        permissions.add(fromOthersUp[bit]);
      }
    }
    return permissions;
  }
}
