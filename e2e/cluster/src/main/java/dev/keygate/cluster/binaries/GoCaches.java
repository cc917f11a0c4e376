package dev.keygate.cluster.binaries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Go's module and build caches: the user's own, which are kept, or ours, which hold about 5 GB
 * while something is built. Ours outlive a failure, so that the next try goes on where that one
 * stopped.
 */
final class GoCaches {

  private static final long NEEDED_BYTES = 6L * 1024 * 1024 * 1024;
  private static final long GIB = 1024L * 1024 * 1024;

  private final BinaryOptions options;

  GoCaches(BinaryOptions options) {
    this.options = options;
  }

  Path modules() {
    return folder("GOMODCACHE", "gomod");
  }

  Path builds() {
    return folder("GOCACHE", "gocache");
  }

  void requireSpace() throws IOException {
    Files.createDirectories(options.cache());
    long usable = Files.getFileStore(options.cache()).getUsableSpace();
    if (!Files.exists(builds()) && usable < NEEDED_BYTES) {
      throw new IOException(
          "the build needs "
              + NEEDED_BYTES / GIB
              + " GiB in "
              + options.cache()
              + ", where "
              + usable / GIB
              + " GiB are free");
    }
  }

  /** Deletes ours, unless {@code KEYGATE_KEEP_GOCACHE} is set. */
  void drop() throws IOException {
    if (options.variable("KEYGATE_KEEP_GOCACHE").isEmpty()) {
      FileTree.delete(options.cache().resolve("gocache"));
      FileTree.delete(options.cache().resolve("gomod"));
    }
  }

  private Path folder(String variable, String own) {
    return options.variable(variable).map(Path::of).orElse(options.cache().resolve(own));
  }
}
