package dev.keygate.sidecar.localapi;

import java.time.Duration;
import java.util.Optional;

/** Counts calls against a rate. Safe for use by several threads. */
final class TokenBucket {

  private final double capacity;
  private final double nanosPerCall;
  private double calls;
  private long filledAt;

  /**
   * @param burst how many calls may come at once
   * @param perSecond how many calls it is filled with per second
   * @param now a reading in nanoseconds
   */
  TokenBucket(int burst, double perSecond, long now) {
    this.capacity = burst;
    this.nanosPerCall = Duration.ofSeconds(1).toNanos() / perSecond;
    this.calls = burst;
    this.filledAt = now;
  }

  /** Takes a call out; if there is none, says how long until there is one again. */
  synchronized Optional<Duration> take(long now) {
    calls = Math.min(capacity, calls + (now - filledAt) / nanosPerCall);
    filledAt = now;
    if (calls >= 1) {
      calls -= 1;
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos((long) Math.ceil((1 - calls) * nanosPerCall)));
  }
}
