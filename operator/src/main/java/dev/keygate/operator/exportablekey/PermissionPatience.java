package dev.keygate.operator.exportablekey;

import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.failure.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * For how long a refusal of the operator itself is taken for a permission that is on its way. Pure;
 * what it remembers is the time at which the condition Authorized became false, which a restart
 * does not change.
 *
 * @param before the conditions of the status
 */
record PermissionPatience(List<Condition> before, Instant now) {

  /** How long a role assignment takes to have effect. */
  static final Duration PROPAGATION = Duration.ofMinutes(10);

  PermissionPatience {
    before = List.copyOf(before);
  }

  /** The same outcome, or that it is too early to believe it. */
  KeyOutcome judge(KeyOutcome outcome) {
    return outcome instanceof KeyOutcome.Stopped stopped
            && isAboutPermission(stopped)
            && isEarly(firstInARow().orElse(now))
        ? new KeyOutcome.AwaitingPermission(patient(stopped.cause()))
        : outcome;
  }

  /** A vault's network rules are no permission: no role changes what they say. */
  private static boolean isAboutPermission(KeyOutcome.Stopped stopped) {
    return stopped.at() == ConditionType.Authorized
        && !stopped.cause().reason().equals(Reason.NetworkNotAllowed.name());
  }

  /** A time that is yet to come is from before the clock was set back, and proves nothing. */
  private boolean isEarly(Instant first) {
    return !first.isAfter(now) && now.isBefore(first.plus(PROPAGATION));
  }

  private Optional<Instant> firstInARow() {
    return Conditions.find(before, ConditionType.Authorized)
        .filter(condition -> condition.status() == ConditionStatus.False)
        .flatMap(PermissionPatience::time);
  }

  /** Somebody else may have written the status. */
  private static Optional<Instant> time(Condition condition) {
    try {
      return Optional.of(Instant.parse(condition.lastTransitionTime()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Cause patient(Cause refusal) {
    return Cause.of(
        ConditionReason.AwaitingPermission,
        refusal.message()
            + ". A permission takes up to "
            + PROPAGATION.toMinutes()
            + " minutes to have effect; it is tried again.");
  }
}
