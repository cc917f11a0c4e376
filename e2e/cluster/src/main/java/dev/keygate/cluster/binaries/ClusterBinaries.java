package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the executables of one or both sets are.
 *
 * @param directories others may use them at the same time, so nobody writes into them
 */
public record ClusterBinaries(Map<BinarySet, Path> directories) {

  public ClusterBinaries {
    directories = Map.copyOf(directories);
  }

  /** One folder that holds everything. */
  public static ClusterBinaries in(Path directory) {
    Path absolute = directory.toAbsolutePath();
    return new ClusterBinaries(Map.of(BinarySet.CONTROL_PLANE, absolute, BinarySet.NODE, absolute));
  }

  /**
   * The executable's file.
   *
   * @throws IllegalStateException if its set was not obtained
   */
  public Path path(ClusterBinary binary) {
    @Nullable Path directory = directories.get(binary.set());
    if (directory == null) {
      throw new IllegalStateException(
          binary.fileName() + " was not obtained: only " + directories.keySet() + " were");
    }
    return directory.resolve(binary.fileName());
  }

  /**
   * The executables of the control plane from, in this order: the folder the user names (and then
   * nowhere else), the cache, the official release, a build from Go modules. The last takes
   * minutes.
   *
   * @param children run what has to be run, so that it ends with this process
   * @throws BinariesUnavailableException if no way is open; says what was tried and why it failed
   */
  public static ClusterBinaries obtain(
      BinaryOptions options, ChildProcesses children, Progress progress)
      throws BinariesUnavailableException, InterruptedException {
    return new ClusterBinaries(
        new Provision(options, children, progress).of(List.of(BinarySet.CONTROL_PLANE)));
  }

  /**
   * The same and those of real nodes, which no project releases all of: the folder the user names,
   * the cache, or a build from Go modules.
   *
   * @throws BinariesUnavailableException if no way is open; says what was tried and why it failed
   */
  public static ClusterBinaries obtainWithNode(
      BinaryOptions options, ChildProcesses children, Progress progress)
      throws BinariesUnavailableException, InterruptedException {
    return new ClusterBinaries(
        new Provision(options, children, progress)
            .of(List.of(BinarySet.CONTROL_PLANE, BinarySet.NODE)));
  }

  /**
   * Looks whether {@link #obtainWithNode} has a way, without going it.
   *
   * @throws IOException if it has none; says what is missing
   */
  public static void requireNodeWithinReach(BinaryOptions options, ChildProcesses children)
      throws IOException, InterruptedException {
    new Provision(options, children, line -> {}).requireWithinReach(BinarySet.NODE);
  }
}
