package dev.keygate.emulator.platform.vtpm;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still, in a year in which the software platform's certificates are valid. */
public final class FixedTime implements TimeSource {

  /** What time it is. */
  public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public void sleep(Duration duration) {
    throw new UnsupportedOperationException("nobody waits here");
  }
}
