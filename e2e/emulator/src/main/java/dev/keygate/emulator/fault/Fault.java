package dev.keygate.emulator.fault;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is answered in place of a service.
 *
 * @param route which requests it strikes
 * @param status 400 to 599
 * @param headers such as {@code Retry-After}
 * @param limits when it ends
 */
public record Fault(FaultRoute route, int status, Map<String, String> headers, Limits limits) {

  /**
   * When a fault ends by itself: at whichever is reached first.
   *
   * @param count how many requests it strikes at most
   * @param duration how long it lasts at most, from when it is injected
   */
  public record Limits(OptionalInt count, Optional<Duration> duration) {

    /** Until it is cleared. */
    public static final Limits NONE = new Limits(OptionalInt.empty(), Optional.empty());

    public Limits {
      if (count.isPresent() && count.getAsInt() < 1) {
        throw new IllegalArgumentException("count: a number from 1 on is expected");
      }
      if (duration.isPresent() && !duration.get().isPositive()) {
        throw new IllegalArgumentException("seconds: a number from 1 on is expected");
      }
    }
  }

  public Fault {
    headers = Map.copyOf(headers);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status: a number from 400 to 599 is expected");
    }
  }
}
