package dev.keygate.operator.exportablekey;

import dev.keygate.operator.schedule.RetrySchedule;
import dev.keygate.time.TimeSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When keys are looked at again.
 *
 * @param time dates transitions
 * @param resyncInterval how often a vault is compared when nothing changes
 * @param retries after failures that time may cure
 */
public record KeyTiming(
    TimeSource time, Duration resyncInterval, RetrySchedule<ResourceID> retries) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /**
   * How long a settled key is left alone.
   *
   * @param nextChange when time alone changes something about it
   */
  Duration untilNextLook(Optional<Instant> nextChange) {
    Duration left = nextChange.map(end -> Duration.between(time.now(), end)).orElse(resyncInterval);
    Duration soonest = left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    return soonest.compareTo(resyncInterval) < 0 ? soonest : resyncInterval;
  }
}
