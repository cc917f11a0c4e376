package dev.keygate.bench.cluster;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Calls at a steady rate, whether or not earlier ones have come back: each is timed from when it
 * was due, so that a stall counts for all that waited behind it.
 */
final class SteadyLoad {

  /** Fewer than an API server takes on one connection (100). */
  private static final int AT_ONCE = 64;

  private final TimeSource time;
  private final int perSecond;

  SteadyLoad(TimeSource time, int perSecond) {
    this.time = time;
    this.perSecond = perSecond;
  }

  /**
   * Runs the call this many times; its number is given to it. A failure ends the run: a benchmark
   * of failures is none.
   *
   * @throws IllegalStateException with the first failure as its cause
   */
  Percentiles run(int count, Call call) throws InterruptedException {
    long[] took = new long[count];
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Semaphore turns = new Semaphore(AT_ONCE);
    long start = time.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count && failure.get() == null; i++) {
        long due = start + i * (1_000_000_000L / perSecond);
        long early = due - time.nanoTime();
        if (early > 0) {
          time.sleep(Duration.ofNanos(early));
        }
        int number = i;
        threads.execute(
            () -> {
              turns.acquireUninterruptibly();
              try {
                call.run(number);
                took[number] = time.nanoTime() - due;
              } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
              } finally {
                turns.release();
              }
            });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("the load: " + failure.get().getMessage(), failure.get());
    }
    return Percentiles.of(took);
  }

  /** What is timed. */
  interface Call {
    void run(int number);
  }
}
