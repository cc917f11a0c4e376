package dev.keygate.policy.lint;

import dev.keygate.policy.AllOf;
import dev.keygate.policy.AnyOf;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.Condition;
import dev.keygate.policy.ConditionPath;
import dev.keygate.policy.Junction;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds comparisons that contradict what has to be true together with them, and alternatives that
 * admit nothing that an earlier one does not.
 */
final class ReachabilityRule {

  /** Stands for the hardware among the names of claims; no claim has an empty segment. */
  private static final String HARDWARE = "..hardware";

  private final List<LintWarning> found = new ArrayList<>();

  private ReachabilityRule() {}

  static List<LintWarning> unreachable(ReleasePolicyDocument document) {
    ReachabilityRule rule = new ReachabilityRule();
    for (int i = 0; i < document.anyOf().size(); i++) {
      rule.walk(ConditionPath.ofBranch(i), document.anyOf().get(i).condition(), new HashMap<>());
    }
    return List.copyOf(rule.found);
  }

  /**
   * @param facts what has to be true together with the condition, by claim; grows by what a list of
   *     joint conditions says directly
   */
  private void walk(String path, Condition condition, Map<String, Fact> facts) {
    switch (condition) {
      case ClaimCondition claim -> learn(path, claim, facts);
      case AllOf(List<Condition> conditions) -> walkJoint(path, conditions, facts);
      case AnyOf(List<Condition> conditions) -> {
        warnOfAbsorbed(path, conditions);
        for (int i = 0; i < conditions.size(); i++) {
          walk(
              ConditionPath.ofElement(path, Junction.ANY_OF, i),
              conditions.get(i),
              new HashMap<>(facts));
        }
      }
    }
  }

  /** Comparisons first, so that every alternative beside them is held against all of them. */
  private void walkJoint(String path, List<Condition> conditions, Map<String, Fact> facts) {
    for (int i = 0; i < conditions.size(); i++) {
      if (!(conditions.get(i) instanceof AnyOf)) {
        walk(ConditionPath.ofElement(path, Junction.ALL_OF, i), conditions.get(i), facts);
      }
    }
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i) instanceof AnyOf alternatives) {
        walk(ConditionPath.ofElement(path, Junction.ALL_OF, i), alternatives, facts);
      }
    }
  }

  private void learn(String path, ClaimCondition claim, Map<String, Fact> facts) {
    if (!claim.operator().isEvaluated()) {
      return;
    }
    Fact value = new Fact(path, claim.value().text());
    Fact known = facts.putIfAbsent(claim.claim().path(), value);
    if (known != null && !known.value().equals(value.value())) {
      warnOfContradiction(path, claim, known);
      return;
    }
    KnownClaim.hardware(claim)
        .map(hardware -> new Fact(path, hardware))
        .ifPresent(
            hardware -> {
              Fact other = facts.putIfAbsent(HARDWARE, hardware);
              if (other != null && !other.value().equals(hardware.value())) {
                warnOfOtherHardware(hardware, other);
              }
            });
  }

  private void warnOfContradiction(String path, ClaimCondition claim, Fact known) {
    warn(
        path,
        known.path()
            + " asks for "
            + claim.claim()
            + " to be "
            + Shortened.text(known.value())
            + ", and both have to be true: they never are. Remove one, or make them alternatives"
            + " of an anyOf.");
  }

  private void warnOfOtherHardware(Fact hardware, Fact other) {
    warn(
        hardware.path(),
        "Only tokens of "
            + hardware.value()
            + " have this, "
            + other.path()
            + " only tokens of "
            + other.value()
            + ", and both have to be true: they never are. Make an anyOf with one allOf for each"
            + " hardware.");
  }

  private void warnOfAbsorbed(String path, List<Condition> alternatives) {
    for (int i = 0; i < alternatives.size(); i++) {
      int index = i;
      earliestThatAdmitsAsMuch(alternatives, i)
          .ifPresent(
              other ->
                  warn(
                      ConditionPath.ofElement(path, Junction.ANY_OF, index),
                      ConditionPath.ofElement(path, Junction.ANY_OF, other)
                          + " is true whenever this is: this alternative never matters. Remove it,"
                          + " or the other if less was meant."));
    }
  }

  private static Optional<Integer> earliestThatAdmitsAsMuch(
      List<Condition> alternatives, int index) {
    Set<Condition> own = joint(alternatives.get(index));
    for (int i = 0; i < alternatives.size(); i++) {
      Set<Condition> other = joint(alternatives.get(i));
      boolean isSame = other.equals(own);
      if (i != index && own.containsAll(other) && (!isSame || i < index)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** What has to be true together for a condition to be true. */
  private static Set<Condition> joint(Condition condition) {
    Set<Condition> parts = new HashSet<>();
    if (condition instanceof AllOf(List<Condition> conditions)) {
      conditions.forEach(part -> parts.addAll(joint(part)));
    } else {
      parts.add(condition);
    }
    return parts;
  }

  private void warn(String path, String message) {
    found.add(new LintWarning(LintCode.UnreachableBranch, path, message));
  }

  /** What a comparison says, and which one. */
  private record Fact(String path, String value) {}
}
