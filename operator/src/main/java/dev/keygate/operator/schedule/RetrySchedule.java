package dev.keygate.operator.schedule;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Gradual retry without a limit: the pause doubles with every failure in a row of the same object,
 * from {@link #FIRST} to {@link #LONGEST}, and is spread by a fifth to both sides so that objects
 * that failed together do not come back together. A service's own {@code Retry-After} is a lower
 * bound. Safe for use by several threads.
 *
 * @param <K> what identifies an object
 */
public final class RetrySchedule<K> {

  /** The pause after the first failure, before it is spread. */
  public static final Duration FIRST = Duration.ofSeconds(1);

  /** The pause that is never exceeded but by a {@code Retry-After}, before it is spread. */
  public static final Duration LONGEST = Duration.ofMinutes(2);

  private static final int DOUBLINGS = 7;
  private static final double SPREAD = 0.2;

  private final Map<K, Integer> failures = new ConcurrentHashMap<>();
  private final RandomGenerator random;

  /**
   * @param random spreads the pauses; no secret depends on it
   */
  public RetrySchedule(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Notes a failure and says how long to leave the object alone.
   *
   * @param key the object
   * @param retryAfter what the service asked for
   */
  public Duration pauseAfterFailure(K key, Optional<Duration> retryAfter) {
    int earlier = failures.merge(key, 1, Integer::sum) - 1;
    Duration pause = FIRST.multipliedBy(1L << Math.min(earlier, DOUBLINGS));
    Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    Duration lowest = retryAfter.orElse(Duration.ZERO);
    Duration spread = spread(bounded);
    return spread.compareTo(lowest) > 0 ? spread : lowest.plus(spread(FIRST));
  }

  /** Forgets the failures of an object: it succeeded, was refused for good, or is gone. */
  public void forget(K key) {
    failures.remove(key);
  }

  private Duration spread(Duration pause) {
    double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofNanos(Math.round(pause.toNanos() * factor));
  }
}
