package dev.keygate.sidecar.testing;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only while somebody waits. */
public final class FakeTime implements TimeSource {

  /** Where it starts. */
  public static final Instant START = Instant.parse("2026-11-22T06:00:00Z");

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
    pass(duration);
  }

  /** Lets time pass. */
  public synchronized void pass(Duration duration) {
    passed = passed.plus(duration);
  }

  /** What was waited for. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
