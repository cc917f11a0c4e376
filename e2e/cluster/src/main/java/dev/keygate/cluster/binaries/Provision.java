package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries the ways to the executables in order. */
final class Provision {

  private final BinaryOptions options;
  private final ChildProcesses children;
  private final Progress progress;

  Provision(BinaryOptions options, ChildProcesses children, Progress progress) {
    this.options = options;
    this.children = children;
    this.progress = progress;
  }

  /** The folder of each set; those that are neither named nor cached are made. */
  Map<BinarySet, Path> of(List<BinarySet> sets)
      throws BinariesUnavailableException, InterruptedException {
    Map<BinarySet, Path> directories = new EnumMap<>(BinarySet.class);
    Optional<Path> named = options.folder();
    if (named.isPresent()) {
      for (BinarySet set : sets) {
        directories.put(set, inNamedFolder(named.get().toAbsolutePath(), set));
      }
      return directories;
    }
    List<Recipe> missing = new ArrayList<>();
    for (BinarySet set : sets) {
      Recipe recipe = Recipe.load(set);
      Optional<Path> cached = cache(recipe).lookup();
      cached.ifPresent(directory -> directories.put(set, directory));
      if (cached.isEmpty()) {
        missing.add(recipe);
      }
    }
    makeAll(missing, directories);
    return directories;
  }

  /** Looks whether a set is there or can be built. */
  void requireWithinReach(BinarySet set) throws IOException, InterruptedException {
    Optional<Path> named = options.folder();
    Recipe recipe = Recipe.load(set);
    if (named.isPresent()) {
      inNamedFolder(named.get().toAbsolutePath(), set);
    } else if (cache(recipe).lookup().isEmpty()) {
      new GoBuild(options, recipe, children, progress).requirePossible();
    }
  }

  private void makeAll(List<Recipe> missing, Map<BinarySet, Path> directories)
      throws BinariesUnavailableException, InterruptedException {
    for (Recipe recipe : missing) {
      boolean isLast = recipe == missing.getLast();
      try {
        directories.put(
            recipe.set(),
            cache(recipe)
                .lookupOrFill(
                    directory -> {
                      fillFromFirst(recipe, directory);
                      // What one build compiled, the next one need not.
                      if (isLast) {
                        new GoCaches(options).drop();
                      }
                    },
                    progress));
      } catch (BinariesUnavailableException e) {
        throw e;
      } catch (IOException e) {
        throw new BinariesUnavailableException(
            "the cache folder " + options.cache() + " cannot be used: " + e, e);
      }
    }
  }

  private BinaryCache cache(Recipe recipe) {
    return new BinaryCache(options.cache(), recipe, children.time());
  }

  private Path inNamedFolder(Path directory, BinarySet set)
      throws BinariesUnavailableException, InterruptedException {
    try {
      BinaryCheck.requireRunnable(directory, set, children);
      return directory;
    } catch (IOException e) {
      throw new BinariesUnavailableException(
          "The folder of Kubernetes executables that you named cannot be used: "
              + e.getMessage()
              + "; correct it, or name none and they are downloaded or built.",
          e);
    }
  }

  private List<BinarySource> sources(Recipe recipe) {
    BinarySource build = new GoBuild(options, recipe, children, progress);
    return switch (recipe.set()) {
      case CONTROL_PLANE ->
          List.of(new ReleaseDownload(options.sites(), recipe, children, progress), build);
      case NODE -> List.of(build);
    };
  }

  private void fillFromFirst(Recipe recipe, Path directory)
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    for (BinarySource source : sources(recipe)) {
      try {
        source.fill(directory);
        BinaryCheck.requireRunnable(directory, recipe.set(), children);
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
