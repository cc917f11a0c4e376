package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder that holds every {@link ClusterBinary}.
 *
 * @param directory where they are; others may use it at the same time, so nobody writes into it
 */
public record ClusterBinaries(Path directory) {

  public ClusterBinaries {
    directory = directory.toAbsolutePath();
  }

  /** The executable's file. */
  public Path path(ClusterBinary binary) {
    return directory.resolve(binary.fileName());
  }

  /**
   * The executables from, in this order: the folder the user names (and then nowhere else), the
   * cache, the official release, a build from Go modules. The last takes minutes.
   *
   * @param children run what has to be run, so that it ends with this process
   * @throws BinariesUnavailableException if no way is open; says what was tried and why it failed
   */
  public static ClusterBinaries obtain(
      BinaryOptions options, ChildProcesses children, Progress progress)
      throws BinariesUnavailableException, InterruptedException {
    Optional<Path> named = options.folder();
    if (named.isPresent()) {
      return ofNamedFolder(named.get().toAbsolutePath(), children);
    }
    Recipe recipe = Recipe.load();
    BinaryCache cache = new BinaryCache(options.cache(), recipe.key(), children.time());
    Optional<Path> cached = cache.lookup();
    if (cached.isPresent()) {
      return new ClusterBinaries(cached.get());
    }
    List<BinarySource> sources =
        List.of(
            new ReleaseDownload(options.sites(), recipe, children, progress),
            new GoBuild(options, recipe, children, progress));
    try {
      return new ClusterBinaries(
          cache.lookupOrFill(
              directory -> fillFromFirst(sources, directory, children, progress), progress));
    } catch (BinariesUnavailableException e) {
      throw e;
    } catch (IOException e) {
      throw new BinariesUnavailableException(
          "the cache folder " + options.cache() + " cannot be used: " + e, e);
    }
  }

  private static ClusterBinaries ofNamedFolder(Path directory, ChildProcesses children)
      throws BinariesUnavailableException, InterruptedException {
    try {
      BinaryCheck.requireRunnable(directory, children);
      return new ClusterBinaries(directory);
    } catch (IOException e) {
      throw new BinariesUnavailableException(
          "The folder of Kubernetes executables that you named cannot be used: "
              + e.getMessage()
              + "; correct it, or name none and they are downloaded or built.",
          e);
    }
  }

  private static void fillFromFirst(
      List<BinarySource> sources, Path directory, ChildProcesses children, Progress progress)
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    for (BinarySource source : sources) {
      try {
        source.fill(directory);
        BinaryCheck.requireRunnable(directory, children);
        return;
      } catch (IOException e) {
        failures.add(source.name() + ": " + e.getMessage());
        progress.line(source.name() + " is not possible: " + e.getMessage());
        FileTree.deleteContents(directory);
      }
    }
    throw new BinariesUnavailableException(
        "No Kubernetes executables: nothing named in "
            + BinaryOptions.FOLDER_VARIABLE
            + ", nothing cached; "
            + String.join("; ", failures)
            + ". Make one of these ways work and try again.");
  }
}
