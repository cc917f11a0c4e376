package dev.keygate.sidecar.release;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
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

  private static RefusedException denied(List<ClaimMismatch> mismatches) {
    String named =
        mismatches.stream()
            .limit(MOST_NAMED)
            .map(ClaimMismatch::toString)
            .collect(Collectors.joining("; "));
    int more = mismatches.size() - MOST_NAMED;
    return new RefusedException(
        Reason.PolicyDenied,
        "The release policy denies this machine's claims, so the vault was not asked: "
            + named
            + (more > 0 ? "; and " + more + " more" : "")
            + ".");
  }
}
