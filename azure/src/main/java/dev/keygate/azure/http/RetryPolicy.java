package dev.keygate.azure.http;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Tries again what was unavailable, never what was refused. Pauses have decorrelated jitter: each
 * is random between the shortest and three times the one before, so that callers who failed
 * together do not come back together. What the service asks for by {@code Retry-After} is waited
 * for in full. Safe for use by several threads if the random generator is.
 */
public final class RetryPolicy {

  private static final int GROWTH = 3;

  private final RetryLimits limits;
  private final TimeSource time;
  private final RandomGenerator random;

  /**
   * @param random decides the pauses; a {@code SecureRandom} is safe for several threads
   */
  public RetryPolicy(RetryLimits limits, TimeSource time, RandomGenerator random) {
    this.limits = limits;
    this.time = time;
    this.random = random;
  }

  /**
   * Something that may be tried more than once.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  public interface Attempt<T> {
    /** Tries once. */
    T run() throws FailureException, InterruptedException;
  }

  /**
   * Runs the attempt until it succeeds, is refused, or a limit is reached; then its last failure is
   * thrown.
   */
  public <T> T run(Attempt<T> attempt) throws FailureException, InterruptedException {
    long start = time.nanoTime();
    Duration pause = limits.shortestPause();
    for (int number = 1; ; number++) {
      try {
        return attempt.run();
      } catch (UnavailableException failure) {
        pause = next(pause);
        Duration wait = longer(pause, failure.retryAfter().orElse(Duration.ZERO));
        Duration passed = Duration.ofNanos(time.nanoTime() - start);
        if (number >= limits.attempts() || passed.plus(wait).compareTo(limits.deadline()) > 0) {
          throw failure;
        }
        time.sleep(wait);
      }
    }
  }

  private Duration next(Duration previous) {
    long from = limits.shortestPause().toNanos();
    long to = Math.max(from + 1, previous.multipliedBy(GROWTH).toNanos());
    long chosen = random.nextLong(from, to);
    return Duration.ofNanos(Math.min(chosen, limits.longestPause().toNanos()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
