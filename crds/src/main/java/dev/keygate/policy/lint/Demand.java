package dev.keygate.policy.lint;

import dev.keygate.policy.AllOf;
import dev.keygate.policy.AnyOf;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for comparisons in the structure of a condition. */
final class Demand {

  private Demand() {}

  /** Whether every way to satisfy the condition passes such a comparison. */
  static boolean isUnavoidable(Condition condition, Predicate<ClaimCondition> comparison) {
    return switch (condition) {
      case ClaimCondition claim -> comparison.test(claim);
      case AllOf(List<Condition> conditions) ->
          conditions.stream().anyMatch(each -> isUnavoidable(each, comparison));
      case AnyOf(List<Condition> conditions) ->
          conditions.stream().allMatch(each -> isUnavoidable(each, comparison));
    };
  }

  /** The condition as if such comparisons were not there; empty if nothing is left. */
  static Optional<Condition> without(Condition condition, Predicate<ClaimCondition> comparison) {
    return switch (condition) {
      case ClaimCondition claim ->
          comparison.test(claim) ? Optional.empty() : Optional.of(condition);
      case AllOf(List<Condition> conditions) -> {
        List<Condition> rest = without(conditions, comparison);
        yield rest.isEmpty() ? Optional.empty() : Optional.of(new AllOf(rest));
      }
      case AnyOf(List<Condition> conditions) -> {
        List<Condition> rest = without(conditions, comparison);
        yield rest.isEmpty() ? Optional.empty() : Optional.of(new AnyOf(rest));
      }
    };
  }

  private static List<Condition> without(
      List<Condition> conditions, Predicate<ClaimCondition> comparison) {
    return conditions.stream().flatMap(each -> without(each, comparison).stream()).toList();
  }
}
