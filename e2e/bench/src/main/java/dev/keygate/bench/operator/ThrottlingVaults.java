package dev.keygate.bench.operator;

import static dev.keygate.bench.operator.Figures.seconds;

import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** How fast keys come to be where vaults take only so many. */
final class ThrottlingVaults {

  private static final BenchVaults.Throttling THROTTLING = BenchVaults.Throttling.AS_DOCUMENTED;
  private static final double MOST_OF_BOUND = 1.05;

  private final SitePlan plan;
  private final int count;
  private final Figures figures;

  ThrottlingVaults(SitePlan plan, int count, Figures figures) {
    this.plan = plan;
    this.count = count;
    this.figures = figures;
  }

  void measure() throws Surprise, IOException, ExecutionException, InterruptedException {
    int rate = THROTTLING.clockRate();
    figures.line(
        BenchVaults.COUNT + " vaults that throttle, their clock " + rate + " times as fast");
    try (OperatorSite site = OperatorSite.start(plan, THROTTLING);
        OperatorRun operator = OperatorRun.start(site, OperatorRun.Limits.DOCUMENTED)) {
      BenchKeys keys = BenchKeys.inNew(site.admin(), "all");
      keys.create(0, count);
      Duration took =
          new Converged(operator, plan.children().time()).after(keys::createPolicy, keys, count);
      double bound = BenchVaults.fastest(count, rate);
      figures.say(
          count + " keys from the policy's creation on",
          String.format(Locale.ROOT, "%.1f s of %.1f s", seconds(took), bound));
      figures.say(
          new Bound("  times what the vaults allow", seconds(took) / bound, MOST_OF_BOUND, ""));
      figures.say(
          "  creations that a vault refused for their number",
          String.format(
              Locale.ROOT,
              "%.0f",
              operator.metric(
                  "keygate_vault_calls_total", "operation=\"create\",result=\"VaultThrottled\"")));
      figures.say("  memory at most", Figures.inMebibytes(operator.mostResidentBytes()));
    }
  }
}
