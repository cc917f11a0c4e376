package dev.keygate.emulator.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that goes wrong.
 *
 * @param route which requests it strikes
 * @param effect what happens to them
 * @param limits which of them, and when it ends
 */
public record Fault(FaultRoute route, FaultEffect effect, Limits limits) {

  /**
   * Which calls a fault strikes, and when it ends by itself: at whichever is reached first.
   *
   * @param fromCall the first call to the route that it strikes, counted from 1 since it is
   *     injected
   * @param count how many requests it strikes at most
   * @param duration how long it lasts at most, from when it is injected
   */
  public record Limits(int fromCall, OptionalInt count, Optional<Duration> duration) {

    /** Every call until it is cleared. */
    public static final Limits NONE = new Limits(1, OptionalInt.empty(), Optional.empty());

    public Limits {
      if (fromCall < 1) {
        throw new IllegalArgumentException("fromCall: a number from 1 on is expected");
      }
      if (count.isPresent() && count.getAsInt() < 1) {
        throw new IllegalArgumentException("count: a number from 1 on is expected");
      }
      if (duration.isPresent() && !duration.get().isPositive()) {
        throw new IllegalArgumentException("seconds: a number from 1 on is expected");
      }
    }

    /** One call, the first being 1. */
    public static Limits call(int number) {
      return new Limits(number, OptionalInt.of(1), Optional.empty());
    }
  }

  public Fault {
    if (effect instanceof FaultEffect.ExpiredCertificate && !route.isWholeHost()) {
      throw new IllegalArgumentException("path: a certificate is shown before any path is asked");
    }
  }
}
