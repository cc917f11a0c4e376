package dev.keygate.emulator.testing;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * The machine's time and a distance that a test chooses; TLS in this JVM keeps to the machine's.
 */
public final class ShiftedTime implements TimeSource {

  private final TimeSource machine = new SystemTime();
  private volatile Duration distance = Duration.ZERO;

  public void shift(Duration by) {
    distance = distance.plus(by);
  }

  @Override
  public Instant now() {
    return machine.now().plus(distance);
  }

  @Override
  public long nanoTime() {
    return machine.nanoTime() + distance.toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    shift(duration);
  }
}
