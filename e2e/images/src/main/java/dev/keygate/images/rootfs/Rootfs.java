package dev.keygate.images.rootfs;

import dev.keygate.images.recipe.ImageLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A folder that is laid out as an image, in which programs can be run: it is their root, and they
 * see of this machine the network, the processes, the devices and what is shared with them.
 *
 * @param root the folder
 * @param privilege by which it is entered
 */
public record Rootfs(Path root, Privilege privilege) {

  /**
   * Mounts, then becomes the command. A file system must be a mount of its own to become read-only;
   * /proc and /dev come with what is mounted below them, as a user namespace may not take parts.
   */
  private static final String ENTER =
      """
      set -eu
      root=$1 access=$2
      shift 2
      mount --bind "$root" "$root"
      mount --rbind /proc "$root/proc"
      mount --rbind /dev "$root/dev"
      while [ "$1" != -- ]; do
        mount --rbind "$1" "$root$1"
        shift
      done
      shift
      [ "$access" = WRITABLE ] || mount -o remount,bind,ro "$root"
      exec "$@"
      """;

  /** What container runtimes set; chroot itself is found by it too. */
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public Rootfs {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The command that runs a program in it. The process that is started becomes the program: its
   * number, its memory and its signals are the program's.
   *
   * @throws IOException if the folder cannot be prepared
   */
  public List<String> command(Confined confined) throws IOException {
    for (String mountPoint : ImageLayout.MOUNT_POINTS) {
      Files.createDirectories(inside(Path.of(mountPoint)));
    }
    List<String> command = new ArrayList<>(privilege.unshare());
    command.addAll(List.of("--", "sh", "-c", ENTER, "keygate-enter"));
    command.addAll(List.of(root.toString(), confined.access().name()));
    for (Path folder : confined.shared()) {
      Files.createDirectories(inside(folder));
      command.add(folder.toString());
    }
    command.add("--");
    // A shell drops variables whose names have dots; env does not.
    command.addAll(List.of("env", "-i", PATH));
    new TreeMap<>(confined.environment()).forEach((name, value) -> command.add(name + "=" + value));
    command.add("chroot");
    if (!confined.user().equals(Confined.ROOT_USER)) {
      command.add("--userspec=" + confined.user());
    }
    command.add(root.toString());
    command.addAll(confined.command());
    return command;
  }

  /** Where a path of the image is on this machine. */
  public Path inside(Path path) {
    return root.resolve(path.toString().substring(1));
  }
}
