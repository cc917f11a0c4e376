package dev.keygate.condition;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;

/**
 * What a decision says about one condition, before {@link Conditions#merge} gives it a generation
 * and a time.
 *
 * @param reason the name of a {@link ConditionReason} or a {@link Reason}
 * @param message a sentence for the user, at most {@link #MAX_MESSAGE_LENGTH} characters (longer
 *     ones are cut)
 */
public record Finding(ConditionType type, ConditionStatus status, String reason, String message) {

  /** What the schema of the kinds allows. */
  public static final int MAX_MESSAGE_LENGTH = 4096;

  /** Cuts the message to what the API server takes. */
  public Finding {
    if (message.length() > MAX_MESSAGE_LENGTH) {
      message = message.substring(0, MAX_MESSAGE_LENGTH - 1) + "…";
    }
  }

  /** The condition holds. */
  public static Finding isTrue(ConditionType type, ConditionReason reason, String message) {
    return new Finding(type, ConditionStatus.True, reason.name(), message);
  }

  /** A negative condition, such as Stalled, holds because of a failure. */
  public static Finding isTrue(ConditionType type, Reason reason, String message) {
    return new Finding(type, ConditionStatus.True, reason.name(), message);
  }

  /** The condition does not hold, and nothing failed. */
  public static Finding isFalse(ConditionType type, ConditionReason reason, String message) {
    return new Finding(type, ConditionStatus.False, reason.name(), message);
  }

  /** The condition does not hold because of a failure. */
  public static Finding isFalse(ConditionType type, Reason reason, String message) {
    return new Finding(type, ConditionStatus.False, reason.name(), message);
  }

  /** The condition does not hold because of this failure, which has the reason and the message. */
  public static Finding isFalse(ConditionType type, FailureException failure) {
    return isFalse(type, failure.reason(), String.valueOf(failure.getMessage()));
  }

  /** Nobody knows yet, and nothing failed. */
  public static Finding isUnknown(ConditionType type, ConditionReason reason, String message) {
    return new Finding(type, ConditionStatus.Unknown, reason.name(), message);
  }

  /** Nobody knows, because of a failure. */
  public static Finding isUnknown(ConditionType type, Reason reason, String message) {
    return new Finding(type, ConditionStatus.Unknown, reason.name(), message);
  }
}
