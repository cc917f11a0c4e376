package dev.keygate.bench.cluster;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Calls at a steady rate, whether or not earlier ones have come back: each is timed from when it
 * was due, so that a stall counts for all that waited behind it.
 */
final class SteadyLoad {

  private final TimeSource time;
  private final int perSecond;

  SteadyLoad(TimeSource time, int perSecond) {
    this.time = time;
    this.perSecond = perSecond;
  }

  /** Runs the call this many times; its number is given to it. */
  Percentiles run(int count, Call call) throws InterruptedException {
    long[] took = new long[count];
    CountDownLatch ended = new CountDownLatch(count);
    long start = time.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long due = start + i * (1_000_000_000L / perSecond);
        long early = due - time.nanoTime();
        if (early > 0) {
          time.sleep(Duration.ofNanos(early));
        }
        int number = i;
        threads.execute(
            () -> {
              call.run(number);
              took[number] = time.nanoTime() - due;
              ended.countDown();
            });
      }
      ended.await();
    }
    return Percentiles.of(took);
  }

  /** What is timed. A failure ends the run: a benchmark of failures is none. */
  interface Call {
    void run(int number);
  }
}
