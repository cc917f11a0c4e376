package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
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

  /** The operator was refused, and a permission that was just given may still be on its way. */
  record AwaitingPermission(Cause cause) implements KeyOutcome {}

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

  /** What a failure makes of a run. */
  static KeyOutcome of(FailureException failure) {
    return switch (failure) {
      case TurnAwaitedException e -> Queued.behindOthers(e);
      case UnavailableException e -> new Postponed(Cause.of(e), e.retryAfter());
      // Half an answer, or a proxy's, says nothing about the key.
      case RefusedException e when e.reason() == Reason.VaultResponseMalformed ->
          new Postponed(Cause.of(e), Optional.empty());
      case RefusedException e -> new Stopped(conditionOf(e.reason()), Cause.of(e));
    };
  }

  /** Which condition a refusal by the vault or by Entra is about. */
  private static ConditionType conditionOf(Reason reason) {
    return switch (reason) {
      case NotAuthorized, NetworkNotAllowed, VaultUnauthenticated, IdentityRefused ->
          ConditionType.Authorized;
      case PolicyImmutable -> ConditionType.PolicyInSync;
      default -> ConditionType.Provisioned;
    };
  }
}
