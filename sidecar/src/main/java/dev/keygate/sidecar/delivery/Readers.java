package dev.keygate.sidecar.delivery;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Who beside this process may read what lies in a container's folder. Nobody may write. Who sees
 * the folder at all is decided by the mounts: each container sees its own.
 */
public enum Readers {
  /** The group: that of the pod's volumes, where the pod has one. */
  GROUP("r--r-----", 0750),
  /** Everyone who sees the folder, for containers with users and groups of their own. */
  EVERYONE("r--r--r--", 0755);

  private static final String MODE = "unix:mode";
  private static final int PERMISSIONS = 0777;
  private static final int PERMISSIONS_AND_INHERITANCE = 07777;

  private final String filePermissions;
  private final int folderMode;

  Readers(String filePermissions, int folderMode) {
    this.filePermissions = filePermissions;
    this.folderMode = folderMode;
  }

  /** The permissions of a file that they may read. */
  public Set<PosixFilePermission> filePermissions() {
    return PosixFilePermissions.fromString(filePermissions);
  }

  /**
   * Makes a folder that they may enter, or opens one that is there.
   *
   * <p>The kubelet may have made it, with its own owner: what cannot be changed must then be wide
   * enough. The bit by which a folder hands down its group is kept; without it a volume's group
   * would not reach the files.
   *
   * @throws IOException if there is something else, or a folder that is too narrow
   */
  public void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException there) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw there;
      }
    }
    int mode = (int) Files.getAttribute(folder, MODE) & PERMISSIONS_AND_INHERITANCE;
    if ((mode & PERMISSIONS) == folderMode) {
      return;
    }
    try {
      Files.setAttribute(folder, MODE, (mode & ~PERMISSIONS) | folderMode);
    } catch (FileSystemException notOurs) {
      if ((mode & folderMode) != folderMode) {
        throw notOurs;
      }
    }
  }
}
