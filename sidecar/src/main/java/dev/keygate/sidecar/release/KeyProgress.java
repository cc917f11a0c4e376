package dev.keygate.sidecar.release;

import java.time.Duration;
import java.util.Optional;

/**
 * Where one key stands.
 *
 * @param plan what was tried last
 * @param retry what was decided after it
 * @param decidedAtNanos when, on the scale of {@code TimeSource.nanoTime}
 */
record KeyProgress(KeyPlan plan, RetryDecision retry, long decidedAtNanos) {

  /** The pause that the next one grows from. */
  Duration pause() {
    return switch (retry) {
      case RetryDecision.AwaitChange _ -> RetryDecider.SHORTEST;
      case RetryDecision.TryAgain(Duration pause) -> pause;
    };
  }

  /** How long until the same plan is tried again; empty if it is not. */
  Optional<Duration> remaining(long nowNanos) {
    return switch (retry) {
      case RetryDecision.AwaitChange _ -> Optional.empty();
      case RetryDecision.TryAgain(Duration pause) ->
          Optional.of(pause.minusNanos(nowNanos - decidedAtNanos));
    };
  }

  /** Whether a plan is to be tried now. */
  boolean isDue(KeyPlan current, long nowNanos) {
    return !current.equals(plan)
        || remaining(nowNanos).filter(left -> !left.isPositive()).isPresent();
  }
}
