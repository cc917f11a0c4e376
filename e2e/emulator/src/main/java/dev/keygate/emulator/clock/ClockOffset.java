package dev.keygate.emulator.clock;

import java.time.Duration;
import java.util.function.Supplier;

/** How far a service's clock is off while it answers one request; other threads do not see it. */
public final class ClockOffset {

  private static final ScopedValue<Duration> OFFSET = ScopedValue.newInstance();

  private ClockOffset() {}

  /**
   * Runs an action that reads the lab's clock as being off.
   *
   * @param offset negative for a clock that is slow
   */
  public static <T> T during(Duration offset, Supplier<T> action) {
    return ScopedValue.where(OFFSET, offset).call(action::get);
  }

  static Duration current() {
    return OFFSET.orElse(Duration.ZERO);
  }
}
