package dev.keygate.operator.event;

import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import java.util.List;
import java.util.Optional;

/**
 * A change that a person watching would want to be told of.
 *
 * @param severity how {@code kubectl get events} marks it
 * @param reason the condition's reason
 * @param message the condition's message
 */
public record Transition(Severity severity, String reason, String message) {

  /** The two types of Events. */
  public enum Severity {
    /** Progress. */
    Normal,
    /** Somebody may have to act. */
    Warning
  }

  /**
   * What changed between two lists of conditions. {@code Stalled} speaks for the object while it is
   * there, because it carries the cause; otherwise {@code Ready}, then {@code Reconciling}. The
   * same reason as before is no change, so that a cause whose message varies is told once. Waiting
   * for one's turn is not told: thousands may, and it passes.
   */
  public static Optional<Transition> between(List<Condition> before, List<Condition> after) {
    Optional<Condition> told = headline(after);
    Optional<String> earlier = headline(before).map(Condition::reason);
    return told.filter(condition -> !Optional.of(condition.reason()).equals(earlier))
        .filter(condition -> !condition.reason().equals(ConditionReason.Queued.name()))
        .map(
            condition ->
                new Transition(severity(condition), condition.reason(), condition.message()));
  }

  private static Optional<Condition> headline(List<Condition> conditions) {
    return Conditions.find(conditions, ConditionType.Stalled)
        .or(() -> Conditions.find(conditions, ConditionType.Reconciling))
        .or(() -> Conditions.find(conditions, ConditionType.Ready));
  }

  private static Severity severity(Condition condition) {
    boolean isGood =
        condition.is(ConditionType.Ready) && condition.status() == ConditionStatus.True;
    return isGood ? Severity.Normal : Severity.Warning;
  }
}
