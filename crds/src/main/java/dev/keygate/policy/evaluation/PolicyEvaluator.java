package dev.keygate.policy.evaluation;

import dev.keygate.policy.AllOf;
import dev.keygate.policy.AnyOf;
import dev.keygate.policy.Authority;
import dev.keygate.policy.AuthorityBranch;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.Condition;
import dev.keygate.policy.ConditionPath;
import dev.keygate.policy.Junction;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates a release policy as Key Vault does. Only branches whose authority is the token's issuer
 * count, and any of them suffices. A claim that is missing, null, an object or an array makes its
 * comparison false, and so does every operator but {@code equals}. Texts are compared, with case.
 */
public final class PolicyEvaluator {

  private PolicyEvaluator() {}

  /** Whether the policy admits the claims, and if not, why. */
  public static Evaluation evaluate(ReleasePolicyDocument document, Claims claims) {
    Optional<String> issuer = claims.issuer();
    List<ClaimMismatch> mismatches = new ArrayList<>();
    boolean isKnown = false;
    for (int i = 0; i < document.anyOf().size(); i++) {
      AuthorityBranch branch = document.anyOf().get(i);
      if (issuer.filter(branch.authority()::isIssuer).isEmpty()) {
        continue;
      }
      isKnown = true;
      List<ClaimMismatch> found =
          mismatches(ConditionPath.ofBranch(i), branch.junction(), branch.conditions(), claims);
      if (found.isEmpty()) {
        return new Evaluation.Admitted(branch.authority());
      }
      mismatches.addAll(found);
    }
    return isKnown
        ? new Evaluation.Denied(mismatches)
        : new Evaluation.UnknownAuthority(issuer, authorities(document));
  }

  /** Empty if the list is satisfied; otherwise what would have to differ. */
  private static List<ClaimMismatch> mismatches(
      String parent, Junction junction, List<Condition> conditions, Claims claims) {
    List<ClaimMismatch> all = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      String path = ConditionPath.ofElement(parent, junction, i);
      List<ClaimMismatch> found = mismatches(path, conditions.get(i), claims);
      if (found.isEmpty() && junction == Junction.ANY_OF) {
        return List.of();
      }
      all.addAll(found);
    }
    return all;
  }

  private static List<ClaimMismatch> mismatches(String path, Condition condition, Claims claims) {
    return switch (condition) {
      case ClaimCondition claim -> mismatch(path, claim, claims).stream().toList();
      case AnyOf anyOf -> mismatches(path, Junction.ANY_OF, anyOf.conditions(), claims);
      case AllOf allOf -> mismatches(path, Junction.ALL_OF, allOf.conditions(), claims);
    };
  }

  private static Optional<ClaimMismatch> mismatch(
      String path, ClaimCondition condition, Claims claims) {
    boolean isTrue =
        condition.operator().isEvaluated()
            && claims.scalar(condition.claim()).filter(condition.value()::isSameTextAs).isPresent();
    return isTrue
        ? Optional.empty()
        : Optional.of(
            new ClaimMismatch(
                path,
                condition.claim(),
                condition.operator(),
                condition.value(),
                claims.describe(condition.claim())));
  }

  private static List<Authority> authorities(ReleasePolicyDocument document) {
    return document.anyOf().stream().map(AuthorityBranch::authority).toList();
  }
}
