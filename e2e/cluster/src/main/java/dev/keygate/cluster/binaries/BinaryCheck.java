package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a folder holds executables that run on this machine. */
final class BinaryCheck {

  private static final Duration VERSION_WITHIN = Duration.ofSeconds(30);

  private BinaryCheck() {}

  /** The names that are missing or not executable; empty if all are there. */
  static List<String> missingFrom(Path directory, BinarySet set) {
    List<String> missing = new ArrayList<>();
    for (ClusterBinary binary : ClusterBinary.of(set)) {
      Path file = directory.resolve(binary.fileName());
      if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
        missing.add(binary.fileName());
      }
    }
    return missing;
  }

  /**
   * Asks each executable for its version.
   *
   * @throws IOException naming what is missing, or what does not run
   */
  static void requireRunnable(Path directory, BinarySet set, ChildProcesses children)
      throws IOException, InterruptedException {
    List<String> missing = missingFrom(directory, set);
    if (!missing.isEmpty()) {
      throw new IOException(directory + " lacks an executable " + String.join(", ", missing));
    }
    for (ClusterBinary binary : ClusterBinary.of(set)) {
      CommandResult result =
          children.run(
              binary.versionCommand(directory), Map.of("KUBERC", "off"), "", VERSION_WITHIN);
      if (!result.isSuccess()) {
        throw new IOException(
            directory.resolve(binary.fileName())
                + " does not tell its version: "
                + result.firstLine());
      }
    }
  }
}
