package dev.keygate.policy.lint;

import dev.keygate.policy.ReleasePolicyDocument;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Runs every rule over a policy. */
public final class PolicyLint {

  private static final List<Function<ReleasePolicyDocument, List<LintWarning>>> RULES =
      List.of(
          ComparisonRules::volatileClaims,
          ComparisonRules::upperCaseHex,
          ComparisonRules::unsupportedOperators,
          PathRule::mixedPaths,
          DemandRules::admitsDebug,
          DemandRules::unpinnedProviderPolicy,
          AuthorityRules::notHttps,
          AuthorityRules::uneven,
          AuthorityRules::duplicate,
          ReachabilityRule::unreachable);

  private PolicyLint() {}

  /** All findings: those of one code together, in the order of the policy's text. */
  public static List<LintWarning> lint(ReleasePolicyDocument document) {
    return RULES.stream()
        .flatMap(rule -> rule.apply(document).stream())
        .sorted(Comparator.comparing(LintWarning::code))
        .toList();
  }
}
