package dev.keygate.sidecar.release;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.evaluation.ClaimMismatch;
import dev.keygate.policy.evaluation.Claims;
import dev.keygate.policy.evaluation.Evaluation;
import dev.keygate.policy.evaluation.PolicyEvaluator;
import java.util.List;
import java.util.stream.Collectors;

/** Says before the vault does, and better, why it would deny. The vault decides all the same. */
final class LocalPolicy {

  private static final int MOST_NAMED = 4;

  private LocalPolicy() {}

  static void require(ReleasePolicyDocument policy, VerifiedToken token) throws RefusedException {
    require(policy, token.claims());
  }

  static void require(ReleasePolicyDocument policy, Claims claims) throws RefusedException {
    switch (PolicyEvaluator.evaluate(policy, claims)) {
      case Evaluation.Admitted _ -> {
        // The vault will come to the same.
      }
      case Evaluation.Denied(List<ClaimMismatch> mismatches) -> throw denied(mismatches);
      case Evaluation.UnknownAuthority unknown ->
          throw new RefusedException(
              Reason.PolicyDenied,
              "The release policy names the authorities "
                  + unknown.offered()
                  + ", and the token is from "
                  + unknown.issuer().orElse("nobody")
                  + "; pin an authority of the policy.");
    }
  }

  /** The policy names no authority that is pinned: whoever attested, the vault would deny. */
  static RefusedException noAuthority(KeyTarget target) {
    String named =
        target.policy().stream()
            .flatMap(policy -> policy.anyOf().stream())
            .map(branch -> branch.authority().canonicalName())
            .distinct()
            .limit(MOST_NAMED)
            .collect(Collectors.joining(", "));
    return new RefusedException(
        Reason.PolicyDenied,
        "The release policy names the authorities "
            + named
            + ", and the settings pin none of them; pin an authority of the policy.");
  }

  /** A denial by the vault, with what is known here of the policy that it evaluated. */
  static FailureException explained(FailureException failure, KeyTarget target) {
    if (failure.reason() != Reason.ReleaseDenied) {
      return failure;
    }
    String known =
        target.policy().isPresent()
            ? "the policy known here, "
                + PolicyDigest.of(target.policy().get()).value()
                + ", admits this machine's claims, so the vault's is another one or cannot use the"
                + " token; compare the two"
            : "no policy is known here that could say which claim; name it (a grant, or --policy)";
    return new RefusedException(
        Reason.ReleaseDenied, failure.getMessage() + "; " + known + ".", failure);
  }

  private static RefusedException denied(List<ClaimMismatch> mismatches) {
    String named =
        mismatches.stream()
            .limit(MOST_NAMED)
            .map(ClaimMismatch::toString)
            .collect(Collectors.joining("; "));
    int more = mismatches.size() - MOST_NAMED;
    return new RefusedException(
        Reason.PolicyDenied,
        "The release policy denies this machine's claims: "
            + named
            + (more > 0 ? "; and " + more + " more" : "")
            + ".");
  }
}
