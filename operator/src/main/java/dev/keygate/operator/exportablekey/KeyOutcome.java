package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.operator.throttle.TurnAwaitedException;
import dev.keygate.policy.ReleasePolicyDocument;
import java.time.Duration;
import java.util.Optional;

/** How a run for a key ended. */
sealed interface KeyOutcome {

  /** The key in the vault is as the spec says. */
  record Settled(VaultKey key, ReleasePolicyDocument policy, KeyVersions versions)
      implements KeyOutcome {}

  /**
   * It is not, and trying again would not change that.
   *
   * @param at the condition that does not hold
   */
  record Stopped(ConditionType at, Cause cause) implements KeyOutcome {}

  /**
   * It is not known to be, and trying again may help.
   *
   * @param retryAfter how long the service asked to be left alone
   */
  record Postponed(Cause cause, Optional<Duration> retryAfter) implements KeyOutcome {}

  /**
   * It is not known to be, and the vault may not be asked yet: others have to be served first.
   *
   * @param untilTurn after how long the place in the queue is worth something
   */
  record Queued(Cause cause, Duration untilTurn) implements KeyOutcome {

    static Queued behindOthers(TurnAwaitedException turn) {
      return new Queued(
          Cause.of(ConditionReason.Queued, String.valueOf(turn.getMessage())), turn.untilTurn());
    }
  }
}
