package dev.keygate.bench.operator;

import static dev.keygate.bench.operator.Figures.seconds;

import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * How fast keys come to be where nothing but this machine limits it, and what they need from then
 * on. A quarter of them first, then as many again, then the other half, so that what a key costs is
 * known at three numbers of them.
 */
final class UnlimitedVaults {

  private static final double MOST_OF_BARE = 1.3;

  private final SitePlan plan;
  private final int count;
  private final Figures figures;

  UnlimitedVaults(SitePlan plan, int count, Figures figures) {
    this.plan = plan;
    this.count = count;
    this.figures = figures;
  }

  void measure()
      throws Surprise, IOException, FailureException, ExecutionException, InterruptedException {
    figures.line(BenchVaults.COUNT + " vaults that take as much as they get");
    try (OperatorSite site = OperatorSite.start(plan, BenchVaults.Throttling.NONE)) {
      AtRest rest = new AtRest(site, figures);
      List<AtRest.Sample> fewer = new ArrayList<>();
      BenchKeys quarter = BenchKeys.inNew(site.admin(), "quarter");
      Duration took = converge(site, quarter, count / 4);
      fewer.add(rest.sample(count / 4));
      took =
          took.plus(converge(site, BenchKeys.inNew(site.admin(), "half"), count / 2 - count / 4));
      fewer.add(rest.sample(count / 2));
      BenchKeys all = BenchKeys.inNew(site.admin(), "all");
      took = took.plus(converge(site, all, count - count / 2));
      BareClient.Sample written = BareClient.Sample.of(all);
      rest.judge(fewer, count, all);
      compare(count / seconds(took), bare(site, written));
    }
  }

  private Duration converge(OperatorSite site, BenchKeys keys, int more)
      throws Surprise, IOException, ExecutionException, InterruptedException {
    try (OperatorRun operator = OperatorRun.start(site, OperatorRun.Limits.NONE)) {
      keys.create(0, more);
      Duration took = new Converged(operator, time()).after(keys::createPolicy, keys, more);
      figures.say(
          more + " more keys",
          Figures.rate(more / seconds(took))
              + ", memory at most "
              + Figures.inMebibytes(operator.mostResidentBytes()));
      return took;
    }
  }

  private void compare(double own, double bare) {
    figures.say(count + " keys in all", Figures.rate(own));
    figures.say("a bare client that writes the same", Figures.rate(bare));
    figures.say(new Bound("  times as fast as the operator", bare / own, MOST_OF_BARE, ""));
  }

  /** How many keys a second a client writes that does nothing else; there is no operator now. */
  private double bare(OperatorSite site, BareClient.Sample written)
      throws FailureException, ExecutionException, InterruptedException {
    int some = Math.max(1, count / 4);
    BenchKeys keys = BenchKeys.inNew(site.admin(), "bare");
    keys.create(0, some);
    BareClient client = new BareClient(site.vaults(), keys, written);
    long begun = time().nanoTime();
    BenchKeys.forEach(0, some, client::write);
    double took = seconds(Duration.ofNanos(time().nanoTime() - begun));
    return some / took;
  }

  private TimeSource time() {
    return plan.children().time();
  }
}
