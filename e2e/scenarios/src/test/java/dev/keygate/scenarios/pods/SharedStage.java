package dev.keygate.scenarios.pods;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One installation on real nodes for all tests of this package; it ends with the JVM. */
final class SharedStage {

  private static final Path FOLDER = Path.of("target", "pods").toAbsolutePath();

  private final PodStage stage;
  private final ChartInstallation chart;
  private final Shop shop;

  private static @Nullable SharedStage shared;
  private static @Nullable IllegalStateException failure;

  /**
   * The one that runs; the first caller starts it.
   *
   * @throws IllegalStateException if it does not start, for every caller with the first one's
   *     reason
   */
  static synchronized SharedStage get() {
    if (failure != null) {
      throw failure;
    }
    if (shared == null) {
      try {
        shared = new SharedStage();
      } catch (IOException | Surprise e) {
        failure =
            new IllegalStateException("the installation does not start: " + e.getMessage(), e);
        throw failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    return shared;
  }

  private SharedStage() throws IOException, Surprise, InterruptedException {
    Files.createDirectories(FOLDER);
    ChildProcesses children = ChildProcesses.open(new SystemTime());
    stage =
        PodStage.set(
            Artefacts.find(),
            Files.createTempDirectory(FOLDER, "run-"),
            BinaryOptions.from(System.getenv()),
            children,
            line -> {});
    chart = new ChartInstallation(stage);
    chart.install();
    shop = Shop.open(stage);
  }

  PodStage stage() {
    return stage;
  }

  ChartInstallation chart() {
    return chart;
  }

  Shop shop() {
    return shop;
  }
}
