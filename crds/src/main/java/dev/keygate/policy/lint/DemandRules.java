package dev.keygate.policy.lint;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.policy.Authority;
import dev.keygate.policy.AuthorityBranch;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.ConditionPath;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Rules about what a branch ought to ask for and does not. */
final class DemandRules {

  /** Nobody's own: {@code shared<code>.<code>.} and the cloud's suffix. */
  private static final Pattern SHARED = Pattern.compile("shared([a-z0-9]+)\\.\\1\\..+");

  private DemandRules() {}

  static List<LintWarning> admitsDebug(ReleasePolicyDocument document) {
    return where(
        document,
        LintCode.AdmitsDebug,
        branch -> !Demand.isUnavoidable(branch.condition(), KnownClaim::forbidsDebug),
        "Azure issues tokens to machines that their host may debug, compliant ones too, and nothing"
            + " here asks that it may not. Add the claim x-ms-sevsnpvm-is-debuggable,"
            + " tdx_td_attributes_debug or x-ms-sgx-is-debuggable with equals false, in a guest"
            + " policy below x-ms-isolation-tee.");
  }

  static List<LintWarning> unpinnedProviderPolicy(ReleasePolicyDocument document) {
    return where(
        document,
        LintCode.UnpinnedProviderPolicy,
        branch ->
            isOwnProvider(branch.authority())
                && !Demand.isUnavoidable(branch.condition(), DemandRules::pinsPolicy),
        "Whoever may change this provider's attestation policy can make it issue any claim, and so"
            + " decides who gets the key. Add the claim x-ms-policy-hash of the policy that you"
            + " mean (a profile takes it as policyHash).");
  }

  static boolean pinsPolicy(ClaimCondition condition) {
    return condition.operator().isEvaluated()
        && condition.claim().path().equals(KnownClaim.POLICY_HASH);
  }

  private static boolean isOwnProvider(Authority authority) {
    try {
      String hostName = AuthorityEndpoint.parse(authority.name()).hostName();
      return !SHARED.matcher(hostName).matches();
    } catch (EndpointFormatException _) {
      // Not a provider of Azure Attestation, whose claims are not known.
      return false;
    }
  }

  private static List<LintWarning> where(
      ReleasePolicyDocument document,
      LintCode code,
      Predicate<AuthorityBranch> isWrong,
      String message) {
    List<LintWarning> found = new ArrayList<>();
    for (int i = 0; i < document.anyOf().size(); i++) {
      if (isWrong.test(document.anyOf().get(i))) {
        found.add(new LintWarning(code, ConditionPath.ofBranch(i), message));
      }
    }
    return found;
  }
}
