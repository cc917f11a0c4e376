package dev.keygate.bench.cluster;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.bench.BenchFolder;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.scenarios.pods.PodStage;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/** {@code ./keygate bench cluster}. */
public final class ClusterBenchmark {

  private ClusterBenchmark() {}

  /**
   * Runs all of it and returns the exit code: 0 if everything could be measured.
   *
   * @param churn how long pods come and go
   */
  public static int run(Duration churn, PrintWriter out) throws InterruptedException {
    try {
      out.println("Admission in one process, 200 pods/s (bound: p99 5 ms)");
      out.println("  " + AdmissionInProcess.measure());
      Artefacts artefacts = Artefacts.find();
      Path folder = BenchFolder.create();
      out.println("Files and logs: " + folder);
      out.flush();
      try (ChildProcesses children = ChildProcesses.open(new SystemTime());
          PodStage stage =
              PodStage.set(
                  artefacts, folder, BinaryOptions.from(System.getenv()), children, out::println)) {
        new PodBenchmark(stage, out).run(churn);
      }
      return 0;
    } catch (Surprise | IOException e) {
      out.println("Not measured: " + e.getMessage());
      out.flush();
      return 1;
    }
  }
}
