package dev.keygate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a benchmark's files and logs are. In the system's folder for temporary files and not in the
 * checkout: a Unix socket's path may have 107 bytes, and a checkout's own may be as long.
 */
public final class BenchFolder {

  private BenchFolder() {}

  /** Makes one, which stays for whoever wants to read the logs. */
  public static Path create() throws IOException {
    return Files.createTempDirectory("keygate-bench-");
  }
}
