package dev.keygate.policy;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Finds what is in the grammar but has no effect in Key Vault. */
public final class PolicySupport {

  private PolicySupport() {}

  /** Every comparison with an operator other than {@code equals}, in the order of the text. */
  public static List<UnsupportedOperator> unsupported(ReleasePolicyDocument document) {
    List<UnsupportedOperator> found = new ArrayList<>();
    ConditionPath.visit(
        document,
        (path, claim) -> {
          if (!claim.operator().isEvaluated()) {
            found.add(new UnsupportedOperator(path, claim.operator()));
          }
        });
    return List.copyOf(found);
  }

  /**
   * Passes a policy that Key Vault evaluates in full.
   *
   * @throws RefusedException with {@link Reason#PolicyUnsupported} and the path of the first
   *     comparison that would never match
   */
  public static void requireSupported(ReleasePolicyDocument document) throws RefusedException {
    for (UnsupportedOperator use : unsupported(document)) {
      throw new RefusedException(
          Reason.PolicyUnsupported,
          "expected only the operator equals, which is all that Key Vault evaluates, found "
              + use.operator().keyword()
              + " at "
              + use.path()
              + "; such a comparison would never match");
    }
  }
}
