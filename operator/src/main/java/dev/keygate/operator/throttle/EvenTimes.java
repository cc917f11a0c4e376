package dev.keygate.operator.throttle;

import java.time.Duration;
import java.time.Instant;

/**
 * Times at equal distances, however many, in the room of one.
 *
 * @param first the earliest
 * @param between the distance, longer than zero
 * @param count how many, 0 or more
 */
record EvenTimes(Instant first, Duration between, int count) {

  static final EvenTimes NONE = new EvenTimes(Instant.EPOCH, Duration.ofNanos(1), 0);

  /** The one of this index, which counts from 0; far in the future beyond the last. */
  Instant at(int index) {
    return index < count ? first.plus(between.multipliedBy(index)) : Instant.MAX;
  }

  /** Those that are after a time. */
  EvenTimes after(Instant time) {
    if (count == 0 || time.isBefore(first)) {
      return this;
    }
    long gone = Duration.between(first, time).dividedBy(between) + 1;
    return gone >= count ? NONE : new EvenTimes(at((int) gone), between, (int) (count - gone));
  }
}
