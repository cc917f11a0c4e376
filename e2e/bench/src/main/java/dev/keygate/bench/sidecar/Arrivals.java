package dev.keygate.bench.sidecar;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Counts the sidecars that have their key. */
final class Arrivals {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TimeSource time;
  private int count;
  private long lastNanos;

  Arrivals(TimeSource time) {
    this.time = time;
    this.lastNanos = time.nanoTime();
  }

  synchronized int count() {
    return count;
  }

  synchronized long lastNanos() {
    return lastNanos;
  }

  private synchronized void arrive() {
    count++;
    lastNanos = time.nanoTime();
  }

  /** Waits until all have arrived, or that long. */
  void await(int all, Duration longest) throws InterruptedException {
    long until = time.nanoTime() + longest.toNanos();
    while (count() < all && time.nanoTime() < until) {
      time.sleep(LOOK);
    }
  }

  /** One sidecar's. */
  Sink sink() {
    return new Sink();
  }

  /** Throws the key away and counts it. */
  final class Sink implements KeySink {

    private boolean isServed;

    @Override
    public synchronized void deliver(String name, ReleasedKey key) {
      key.close();
      if (!isServed) {
        isServed = true;
        arrive();
      }
    }

    @Override
    public synchronized boolean has(String name, KeyVersion version) {
      return isServed;
    }

    @Override
    public void settle(String name, List<GrantedVersion> granted) {
      // There is nothing to keep in order.
    }

    @Override
    public void withdraw(String name, KeyVersion version) {
      // No key is kept.
    }

    @Override
    public Set<KeyVersion> present(String name) {
      return Set.of();
    }

    @Override
    public synchronized boolean serves(String name) {
      return isServed;
    }
  }
}
