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
      case RetryDecision.AwaitChange _, RetryDecision.FirstTry _ -> RetryDecider.SHORTEST;
      case RetryDecision.TryAgain(Duration pause) -> pause;
    };
  }

  /** How long until the same plan is tried again; empty if it is not. */
  Optional<Duration> remaining(long nowNanos) {
    return switch (retry) {
      case RetryDecision.AwaitChange _ -> Optional.empty();
      case RetryDecision.FirstTry(Duration pause) -> Optional.of(left(pause, nowNanos));
      case RetryDecision.TryAgain(Duration pause) -> Optional.of(left(pause, nowNanos));
    };
  }

  /** Waits for a first try; what waits for one already keeps its moment if that is earlier. */
  KeyProgress firstTry(KeyPlan next, RetryDecision.FirstTry drawn, long nowNanos) {
    if (retry instanceof RetryDecision.FirstTry(Duration pause)
        && left(pause, nowNanos).compareTo(drawn.pause()) < 0) {
      return new KeyProgress(next, retry, decidedAtNanos);
    }
    return new KeyProgress(next, drawn, nowNanos);
  }

  private Duration left(Duration pause, long nowNanos) {
    return pause.minusNanos(nowNanos - decidedAtNanos);
  }

  /** Whether a plan is to be tried now. */
  boolean isDue(KeyPlan current, long nowNanos) {
    return !current.equals(plan)
        || remaining(nowNanos).filter(left -> !left.isPositive()).isPresent();
  }
}
