package dev.keygate.operator.throttle;

import java.time.Duration;

/**
 * How much a vault takes.
 *
 * @param calls at least one
 * @param window in any time of this length
 */
public record Allowance(int calls, Duration window) {

  /** Checks both. */
  public Allowance {
    if (calls < 1 || !window.isPositive()) {
      throw new IllegalArgumentException("an allowance is at least one call in a positive time");
    }
  }
}
