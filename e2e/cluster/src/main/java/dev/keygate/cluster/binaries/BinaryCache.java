package dev.keygate.cluster.binaries;

import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one folder of executables for each recipe. A folder appears under its key only by an atomic
 * rename, when it is complete; whoever fills it holds the lock, which the kernel releases with the
 * process, so what a killed run left beside it is known to be nobody's.
 */
final class BinaryCache {

  private static final Duration LOCK_POLL = Duration.ofMillis(200);
  private static final String UNFINISHED = ".unfinished-";

  /** Fills an empty folder. */
  @FunctionalInterface
  interface Filler {
    void fill(Path directory) throws IOException, InterruptedException;
  }

  private final Path base;
  private final Recipe recipe;
  private final TimeSource time;

  BinaryCache(Path base, Recipe recipe, TimeSource time) {
    this.base = base;
    this.recipe = recipe;
    this.time = time;
  }

  /** The complete folder, if there is one. */
  Optional<Path> lookup() {
    Path directory = base.resolve(recipe.key());
    boolean complete = BinaryCheck.missingFrom(directory, recipe.set()).isEmpty();
    return complete ? Optional.of(directory) : Optional.empty();
  }

  /**
   * Returns the folder, after filling it unless another run did so while this one waited.
   *
   * @throws IOException what the filler threw, or a failure of the file system; nothing half-filled
   *     stays
   */
  Path lookupOrFill(Filler filler, Progress progress) throws IOException, InterruptedException {
    Files.createDirectories(base);
    try (FileChannel channel = openLock();
        FileLock lock = await(channel, progress)) {
      Optional<Path> filledMeanwhile = lookup();
      if (filledMeanwhile.isPresent() && lock.isValid()) {
        return filledMeanwhile.get();
      }
      removeUnfinished();
      return fill(filler);
    }
  }

  private Path fill(Filler filler) throws IOException, InterruptedException {
    Path unfinished = Files.createTempDirectory(base, recipe.key() + UNFINISHED);
    try {
      filler.fill(unfinished);
      Path complete = base.resolve(recipe.key());
      FileTree.delete(complete);
      return Files.move(unfinished, complete, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileTree.delete(unfinished);
    }
  }

  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(base, "*" + UNFINISHED + "*")) {
      for (Path leftover : leftovers) {
        FileTree.delete(leftover);
      }
    }
  }

  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        base.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private FileLock await(FileChannel channel, Progress progress)
      throws IOException, InterruptedException {
    boolean said = false;
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (!said) {
        progress.line("waiting for another run that is filling " + base);
        said = true;
      }
      time.sleep(LOCK_POLL);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this JVM holds it: file locks are per process.
      return null;
    }
  }
}
