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

  /** The one that runs, or why there is none. */
  private record Outcome(@Nullable SharedStage stage, String failure) {}

  private static final class Holder {
    static final Outcome OUTCOME = start();

    private static Outcome start() {
      try {
        return new Outcome(new SharedStage(), "");
      } catch (IOException | Surprise e) {
        return new Outcome(null, "the installation does not start: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Outcome(null, "interrupted while the installation starts");
      }
    }
  }

  /**
   * The one that runs; the first caller starts it.
   *
   * @throws IllegalStateException if it did not start; every caller reads the reason
   */
  static SharedStage get() {
    SharedStage stage = Holder.OUTCOME.stage();
    if (stage == null) {
      throw new IllegalStateException(Holder.OUTCOME.failure());
    }
    return stage;
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
