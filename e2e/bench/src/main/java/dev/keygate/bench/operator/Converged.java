package dev.keygate.bench.operator;

import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.time.Duration;

/** Waits until all keys are ready, and says how long that took. */
final class Converged {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration GIVE_UP = Duration.ofMinutes(20);

  private final OperatorRun operator;
  private final TimeSource time;

  Converged(OperatorRun operator, TimeSource time) {
    this.operator = operator;
    this.time = time;
  }

  /**
   * From a change until every key is ready. Listing all keys costs the API server about a second,
   * so they are listed once the operator has counted as many runs that ended well.
   */
  Duration after(Runnable change, BenchKeys keys, int count)
      throws Surprise, IOException, InterruptedException {
    double before = readyRuns();
    long begun = time.nanoTime();
    change.run();
    await(begun, before + count);
    Duration took = passed(begun);
    while (keys.ready() < count) {
      took = passed(begun);
      giveUp(begun, keys.ready() + " of " + count + " keys are ready");
      time.sleep(POLL);
    }
    return took;
  }

  private void await(long begun, double runs) throws Surprise, IOException, InterruptedException {
    while (readyRuns() < runs) {
      giveUp(begun, (long) readyRuns() + " of " + (long) runs + " runs have ended well");
      time.sleep(POLL);
    }
  }

  private double readyRuns() throws IOException, InterruptedException {
    return operator.metric(
        "keygate_reconciliations_total", "kind=\"ExportableKey\",outcome=\"Ready\"");
  }

  private Duration passed(long begun) {
    return Duration.ofNanos(time.nanoTime() - begun);
  }

  private void giveUp(long begun, String state) throws Surprise {
    if (passed(begun).compareTo(GIVE_UP) > 0) {
      throw new Surprise("after " + GIVE_UP.toMinutes() + " minutes " + state);
    }
  }
}
