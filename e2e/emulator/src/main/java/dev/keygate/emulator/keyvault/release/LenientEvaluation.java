package dev.keygate.emulator.keyvault.release;

import dev.keygate.policy.AllOf;
import dev.keygate.policy.AnyOf;
import dev.keygate.policy.AuthorityBranch;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.Condition;
import dev.keygate.policy.Junction;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.ScalarValue;
import dev.keygate.policy.evaluation.Claims;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All seven comparisons of the documentation's grammar, for labs that were told to evaluate them.
 * Magnitudes are those of numbers, also where a text spells one; a missing claim satisfies nothing
 * but {@code exists: false}.
 */
final class LenientEvaluation {

  private LenientEvaluation() {}

  static boolean admits(ReleasePolicyDocument policy, Claims claims) {
    return policy.anyOf().stream().anyMatch(branch -> admits(branch, claims));
  }

  private static boolean admits(AuthorityBranch branch, Claims claims) {
    return claims.issuer().filter(branch.authority()::isIssuer).isPresent()
        && holds(branch.junction(), branch.conditions(), claims);
  }

  private static boolean holds(Junction junction, List<Condition> conditions, Claims claims) {
    Predicate<Condition> holds = condition -> holds(condition, claims);
    return switch (junction) {
      case ANY_OF -> conditions.stream().anyMatch(holds);
      case ALL_OF -> conditions.stream().allMatch(holds);
    };
  }

  private static boolean holds(Condition condition, Claims claims) {
    return switch (condition) {
      case AnyOf anyOf -> holds(Junction.ANY_OF, anyOf.conditions(), claims);
      case AllOf allOf -> holds(Junction.ALL_OF, allOf.conditions(), claims);
      case ClaimCondition claim -> holds(claim, claims.scalar(claim.claim()));
    };
  }

  private static boolean holds(ClaimCondition condition, Optional<ScalarValue> found) {
    ScalarValue wanted = condition.value();
    return switch (condition.operator()) {
      case EQUALS -> found.filter(wanted::isSameTextAs).isPresent();
      case NOT_EQUALS -> found.filter(value -> !wanted.isSameTextAs(value)).isPresent();
      case LESS -> isOrdered(found, wanted, order -> order < 0);
      case LESS_OR_EQUALS -> isOrdered(found, wanted, order -> order <= 0);
      case GREATER -> isOrdered(found, wanted, order -> order > 0);
      case GREATER_OR_EQUALS -> isOrdered(found, wanted, order -> order >= 0);
      case EXISTS -> wanted.text().equals(Boolean.toString(found.isPresent()));
    };
  }

  private static boolean isOrdered(
      Optional<ScalarValue> found, ScalarValue wanted, Predicate<Integer> isRight) {
    Optional<BigDecimal> left = found.flatMap(LenientEvaluation::number);
    Optional<BigDecimal> right = number(wanted);
    return left.isPresent() && right.isPresent() && isRight.test(left.get().compareTo(right.get()));
  }

  private static Optional<BigDecimal> number(ScalarValue value) {
    return switch (value) {
      case ScalarValue.Numeric numeric -> Optional.of(numeric.number());
      case ScalarValue.Text text -> parsed(text.text());
      case ScalarValue.Truth _ -> Optional.empty();
    };
  }

  // Digits only: an exponent could spell a number that is slow to compare.
  private static Optional<BigDecimal> parsed(String text) {
    return text.matches("-?[0-9]{1,40}(\\.[0-9]{1,40})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }
}
