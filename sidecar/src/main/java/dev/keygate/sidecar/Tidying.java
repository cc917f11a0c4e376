package dev.keygate.sidecar;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Frees what the start has left behind, once, when all keys are served. The heap is hardly used
 * from then on and would keep it, in every pod of a node. A second later, because the app begins
 * now, and comes for its keys.
 */
record Tidying(BooleanSupplier served, TimeSource time, Runnable collector) {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Begins to wait for the keys, on a thread that ends when it is done or interrupted. */
  static Thread begin(BooleanSupplier served, TimeSource time) {
    return Thread.ofVirtual().name("tidying").start(new Tidying(served, time, System::gc)::run);
  }

  void run() {
    try {
      boolean complete;
      do {
        complete = served.getAsBoolean();
        time.sleep(PAUSE);
      } while (!complete);
      collector.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
