package dev.keygate.emulator.clock;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that runs along another one, at a whole multiple of its speed and at a distance from it.
 * It never goes back by itself: what is over stays over. Safe for use by several threads.
 */
public final class LabClock implements TimeSource {

  /** A day in under a second and a half: faster than that, a token is over before it is used. */
  public static final int MAX_RATE = 60_000;

  private static final Duration MAX_ADVANCE = Duration.ofDays(3650);

  private final TimeSource base;
  private volatile Course course;

  /** From a moment on, how this clock runs along the other one. */
  private record Course(
      int rate, Instant baseFrom, Instant from, long baseNanosFrom, long nanosFrom) {

    Instant at(Instant baseNow) {
      return from.plus(Duration.between(baseFrom, baseNow).multipliedBy(rate));
    }

    long nanosAt(long baseNanosNow) {
      return nanosFrom + (baseNanosNow - baseNanosFrom) * rate;
    }
  }

  /** At the same time and speed as the other clock. */
  public LabClock(TimeSource base) {
    this.base = base;
    Instant now = base.now();
    this.course = new Course(1, now, now, 0, 0);
  }

  /** How many seconds of this clock there are in one of the other. */
  public int rate() {
    return course.rate();
  }

  /**
   * Changes the speed from now on.
   *
   * @param rate 1 to {@link #MAX_RATE}
   */
  public synchronized void run(int rate) {
    if (rate < 1 || rate > MAX_RATE) {
      throw new IllegalArgumentException("rate: a number from 1 to " + MAX_RATE + " is expected");
    }
    course = from(Duration.ZERO, rate);
  }

  /**
   * Puts the clock forward.
   *
   * @param by up to ten years
   */
  public synchronized void advance(Duration by) {
    if (by.isNegative() || by.compareTo(MAX_ADVANCE) > 0) {
      throw new IllegalArgumentException("advanceSeconds: up to ten years, and not back");
    }
    course = from(by, course.rate());
  }

  private Course from(Duration ahead, int rate) {
    Instant baseNow = base.now();
    long baseNanos = base.nanoTime();
    return new Course(
        rate,
        baseNow,
        course.at(baseNow).plus(ahead),
        baseNanos,
        course.nanosAt(baseNanos) + ahead.toNanos());
  }

  /** The time, further off while a service answers {@link ClockOffset under an offset}. */
  @Override
  public Instant now() {
    return course.at(base.now()).plus(ClockOffset.current());
  }

  @Override
  public long nanoTime() {
    return course.nanosAt(base.nanoTime());
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    base.sleep(duration.dividedBy(course.rate()));
  }
}
