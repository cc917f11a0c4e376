package dev.keygate.sidecar.testing;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** The machine's time, on which every wait is over at once and has taken its time all the same. */
public final class SkippingTime implements TimeSource {

  private final TimeSource real = new SystemTime();
  private Duration skipped = Duration.ZERO;

  @Override
  public synchronized Instant now() {
    return real.now().plus(skipped);
  }

  @Override
  public synchronized long nanoTime() {
    return real.nanoTime() + skipped.toNanos();
  }

  @Override
  public synchronized void sleep(Duration duration) {
    skipped = skipped.plus(duration);
  }

  /** How much was waited for. */
  public synchronized Duration skipped() {
    return skipped;
  }
}
