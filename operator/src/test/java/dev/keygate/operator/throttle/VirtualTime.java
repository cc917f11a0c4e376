package dev.keygate.operator.throttle;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Time that passes only when told to. */
public final class VirtualTime implements TimeSource {

  private Duration passed = Duration.ZERO;

  /** Lets so much time pass. */
  public void pass(Duration duration) {
    passed = passed.plus(duration);
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plus(passed);
  }

  @Override
  public long nanoTime() {
    return passed.toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    throw new UnsupportedOperationException("nobody waits for a turn in a thread");
  }
}
