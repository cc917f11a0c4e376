package dev.keygate.azure.http;

import java.time.Duration;

/**
 * How often and how long something is tried.
 *
 * @param attempts at most so many, the first one included
 * @param shortestPause the least pause between two
 * @param longestPause the longest pause we choose; a service may ask for a longer one
 * @param deadline no pause starts that would end later than this after the first attempt began
 */
public record RetryLimits(
    int attempts, Duration shortestPause, Duration longestPause, Duration deadline) {

  /** Once, and that is it. */
  public static final RetryLimits ONCE =
      new RetryLimits(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

  /** Checks that the limits make sense together. */
  public RetryLimits {
    if (attempts < 1
        || !shortestPause.isPositive()
        || longestPause.compareTo(shortestPause) < 0
        || deadline.isNegative()) {
      throw new IllegalArgumentException("the retry limits contradict each other");
    }
  }
}
