package dev.keygate.bench.operator;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.bench.BenchFolder;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** {@code ./keygate bench operator}. */
public final class OperatorBenchmark {

  /** With fewer, the vaults that throttle have no bound, and edits no key each. */
  public static final int FEWEST = 200;

  private OperatorBenchmark() {}

  /**
   * Runs all of it and returns the exit code: 0 if everything could be measured.
   *
   * @param count how many keys
   */
  public static int run(int count, PrintWriter out) throws InterruptedException {
    Figures figures = new Figures(out);
    try (ChildProcesses children = ChildProcesses.open(new SystemTime())) {
      Artefacts artefacts = Artefacts.find();
      Path folder = BenchFolder.create();
      figures.line("Files and logs: " + folder);
      SitePlan plan = new SitePlan(artefacts, children, folder.resolve("unlimited"));
      new UnlimitedVaults(plan, count, figures).measure();
      plan = new SitePlan(artefacts, children, folder.resolve("throttling"));
      new ThrottlingVaults(plan, count, figures).measure();
      figures.verdict();
      return 0;
    } catch (Surprise | IOException | FailureException | ExecutionException e) {
      figures.line("Not measured: " + e.getMessage());
      return 1;
    }
  }
}
