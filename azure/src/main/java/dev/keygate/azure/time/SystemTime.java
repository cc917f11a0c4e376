package dev.keygate.azure.time;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Time as the machine tells it. */
public final class SystemTime implements TimeSource {

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (duration.isPositive()) {
      Thread.sleep(duration);
    }
  }
}
