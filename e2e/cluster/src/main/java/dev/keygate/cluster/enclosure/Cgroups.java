package dev.keygate.cluster.enclosure;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One cgroup in every hierarchy of this machine, version 1 or 2. It is removed, with all below it,
 * when the process it belongs to has ended, however this JVM ends.
 */
public final class Cgroups {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String MEMBERS = "cgroup.procs";
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final Duration POLL_EVERY = Duration.ofMillis(25);
  private static final List<String> NEEDED_CONTROLLERS = List.of("cpuset", "cpu", "memory", "pids");

  /**
   * Waits for the process $1, then removes the folders that follow. The kernel refuses to remove a
   * cgroup whose last process has not quite gone yet.
   */
  private static final String REMOVE_AFTER =
      """
      tail -s 0.1 -f --pid="$1" /dev/null
      shift
      for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        left=
        for folder; do
          find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null
          if [ -d "$folder" ]; then left=yes; fi
        done
        if [ -z "$left" ]; then exit 0; fi
        sleep 0.2
      done
      """;

  private final String name;
  private final List<Path> folders;

  private Cgroups(String name, List<Path> folders) {
    this.name = name;
    this.folders = List.copyOf(folders);
  }

  /**
   * Makes them.
   *
   * @param name a folder name that nobody else uses
   * @param owner the process with whose end they go
   * @throws IOException if this user may not, or a controller is not to be had
   */
  public static Cgroups create(String name, long owner, ChildProcesses children)
      throws IOException, InterruptedException {
    List<Path> folders = hierarchies().stream().map(root -> root.resolve(name)).toList();
    List<String> guard = new ArrayList<>(List.of("setsid", "--fork", "sh", "-c"));
    guard.add("exec >/dev/null 2>&1\n" + REMOVE_AFTER);
    guard.addAll(List.of("keygate-cgroups", Long.toString(owner)));
    folders.forEach(folder -> guard.add(folder.toString()));
    CommandResult guarded = children.run(guard, Map.of(), "", WITHIN);
    if (!guarded.isSuccess()) {
      throw new IOException("nothing would remove the cgroups: " + guarded.firstLine());
    }
    makeFolders(folders);
    return new Cgroups(name, folders);
  }

  /**
   * Makes them and removes them again.
   *
   * @throws IOException if this user may not, or a controller is not to be had
   */
  public static void tryOut(String name) throws IOException {
    List<Path> folders = hierarchies().stream().map(root -> root.resolve(name)).toList();
    try {
      makeFolders(folders);
    } finally {
      for (Path folder : folders) {
        Files.deleteIfExists(folder);
      }
    }
  }

  /** The folder name of each. */
  public String name() {
    return name;
  }

  /**
   * Makes a cgroup below.
   *
   * @return its path from the roots of the hierarchies, such as {@code /name/below}
   */
  public String child(String below) throws IOException {
    makeFolders(folders.stream().map(folder -> folder.resolve(below)).toList());
    return "/" + name + "/" + below;
  }

  /** Waits until they are gone, which is soon after their owner has ended. */
  public void awaitRemoval(ChildProcesses children) throws IOException, InterruptedException {
    long deadline = children.time().nanoTime() + WITHIN.toNanos();
    while (folders.stream().anyMatch(Files::exists)) {
      if (children.time().nanoTime() - deadline >= 0) {
        throw new IOException(
            "cgroups are left: " + folders.stream().filter(Files::exists).toList());
      }
      children.time().sleep(POLL_EVERY);
    }
  }

  /** The roots of all hierarchies. */
  static Set<Path> hierarchies() throws IOException {
    if (isUnified()) {
      return Set.of(ROOT);
    }
    Set<Path> roots = new LinkedHashSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(ROOT)) {
      for (Path entry : entries) {
        if (Files.exists(entry.resolve(MEMBERS))) {
          roots.add(entry.toRealPath());
        }
      }
    }
    if (roots.isEmpty()) {
      throw new IOException("there are no cgroups below " + ROOT);
    }
    return roots;
  }

  private static void makeFolders(List<Path> made) throws IOException {
    for (Path folder : made) {
      Files.createDirectory(folder);
      if (isUnified()) {
        Files.writeString(
            folder.resolveSibling("cgroup.subtree_control"),
            "+" + String.join(" +", NEEDED_CONTROLLERS));
      }
    }
  }

  private static boolean isUnified() {
    return Files.exists(ROOT.resolve("cgroup.controllers"));
  }
}
