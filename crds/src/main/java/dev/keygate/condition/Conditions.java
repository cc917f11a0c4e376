package dev.keygate.condition;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and writes lists of conditions. */
public final class Conditions {

  private Conditions() {}

  /**
   * The list to write: a condition per finding, in the findings' order. A condition that was there
   * with the same status keeps its time; one that has no finding goes away.
   *
   * @param before the list in the status now
   * @param generation of the spec that was judged
   * @throws IllegalArgumentException if two findings are of one type
   */
  public static List<Condition> merge(
      List<Condition> before, List<Finding> findings, long generation, Instant now) {
    Set<ConditionType> seen = EnumSet.noneOf(ConditionType.class);
    for (Finding finding : findings) {
      if (!seen.add(finding.type())) {
        throw new IllegalArgumentException("two findings of type " + finding.type());
      }
    }
    return findings.stream()
        .map(
            finding ->
                new Condition(
                    finding.type().name(),
                    finding.status(),
                    generation,
                    transitionTime(before, finding, now),
                    finding.reason(),
                    finding.message()))
        .toList();
  }

  /** The condition of a type, if the list has it. */
  public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
    return conditions.stream().filter(condition -> condition.is(type)).findFirst();
  }

  /** Whether the list has the condition and it holds. */
  public static boolean isTrue(List<Condition> conditions, ConditionType type) {
    return find(conditions, type).filter(c -> c.status() == ConditionStatus.True).isPresent();
  }

  private static String transitionTime(List<Condition> before, Finding finding, Instant now) {
    return find(before, finding.type())
        .filter(condition -> condition.status() == finding.status())
        .map(Condition::lastTransitionTime)
        .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
