package dev.keygate.operator.exportablekey;

import dev.keygate.condition.ConditionReason;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;

/**
 * Why a key is not as its spec says.
 *
 * @param reason the name of a {@link Reason} or a {@link ConditionReason}
 * @param message a sentence that says what to do
 */
record Cause(String reason, String message) {

  static Cause of(Reason reason, String message) {
    return new Cause(reason.name(), message);
  }

  static Cause of(ConditionReason reason, String message) {
    return new Cause(reason.name(), message);
  }

  static Cause of(FailureException failure) {
    return of(failure.reason(), String.valueOf(failure.getMessage()));
  }
}
