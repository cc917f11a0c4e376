package dev.keygate.sidecar.release;

import dev.keygate.failure.Reason;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a key is tried again. What is unavailable: soon, with decorrelated jitter, so that a
 * thousand pods that failed together do not come back together. What somebody has to change:
 * rarely, because changes outside the cluster (a role, a firewall) tell nobody. What only a new
 * policy can change: when there is one.
 */
final class RetryDecider {

  static final Duration SHORTEST = Duration.ofMillis(500);

  /** Half of it on average: the last of a crowd at a throttled vault do not wait for long. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  static final Duration AFTER_REFUSAL = Duration.ofMinutes(2);

  private static final int GROWTH = 3;

  private RetryDecider() {}

  /**
   * @param plan that was tried; if a grant is behind it, a change of the policy will be seen
   * @param previous the pause before, or {@link #SHORTEST}
   */
  static RetryDecision decide(
      ReleaseOutcome outcome, KeyPlan plan, Duration previous, RandomGenerator random) {
    return switch (outcome) {
      case ReleaseOutcome.Released _ -> new RetryDecision.AwaitChange();
      case ReleaseOutcome.Refused refused ->
          plan.isGranted() && isDenial(refused)
              ? new RetryDecision.AwaitChange()
              : new RetryDecision.TryAgain(jittered(AFTER_REFUSAL, random));
      case ReleaseOutcome.Unavailable unavailable -> {
        Duration asked = unavailable.retryAfter().orElse(Duration.ZERO);
        Duration pause = decorrelated(previous, random);
        yield new RetryDecision.TryAgain(
            asked.compareTo(pause) > 0 ? asked.plus(jittered(SHORTEST, random)) : pause);
      }
    };
  }

  /**
   * When a new version is fetched while an earlier one is served.
   *
   * @param within what the grant allows, positive
   */
  static RetryDecision.FirstTry spread(Duration within, RandomGenerator random) {
    return new RetryDecision.FirstTry(Duration.ofNanos(random.nextLong(within.toNanos())));
  }

  /**
   * Whether the policy does not admit this machine, going by what is known here or by the vault.
   */
  static boolean isDenial(ReleaseOutcome outcome) {
    return outcome instanceof ReleaseOutcome.Refused refused
        && (refused.reason() == Reason.PolicyDenied || refused.reason() == Reason.ReleaseDenied);
  }

  private static Duration decorrelated(Duration previous, RandomGenerator random) {
    long from = SHORTEST.toNanos();
    long to = Math.min(previous.multipliedBy(GROWTH).toNanos(), LONGEST.toNanos());
    // Below the limit, not cut to it: a crowd would come back in step.
    return Duration.ofNanos(random.nextLong(from, Math.max(from + 1, to)));
  }

  private static Duration jittered(Duration about, RandomGenerator random) {
    return about.plus(Duration.ofNanos(random.nextLong(about.toNanos() / 2)));
  }
}
