package dev.keygate.azure.testing;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that stands still until somebody sleeps or moves it. */
public final class FakeTime implements TimeSource {

  /** Where it starts. */
  public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private Duration passed = Duration.ZERO;

  @Override
  public synchronized Instant now() {
    return START.plus(passed);
  }

  @Override
  public synchronized long nanoTime() {
    return passed.toNanos();
  }

  @Override
  public synchronized void sleep(Duration duration) {
    sleeps.add(duration);
    passed = passed.plus(duration);
  }

  /** Lets time pass without a sleep. */
  public synchronized void advance(Duration duration) {
    passed = passed.plus(duration);
  }

  /** Every sleep so far. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
