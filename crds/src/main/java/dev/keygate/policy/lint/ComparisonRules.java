package dev.keygate.policy.lint;

import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.ConditionPath;
import dev.keygate.policy.PolicySupport;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.ScalarValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Rules about one comparison, wherever it stands. */
final class ComparisonRules {

  /** Four octets or more: shorter texts may be words. */
  private static final Pattern HEXADECIMAL = Pattern.compile("(?:[0-9A-Fa-f]{2}){4,}");

  private ComparisonRules() {}

  static List<LintWarning> volatileClaims(ReleasePolicyDocument document) {
    return each(
        document,
        LintCode.VolatileClaim,
        claim ->
            KnownClaim.volatility(claim.claim())
                .map(
                    why ->
                        claim.claim()
                            + " "
                            + why
                            + ". Remove the comparison, or be ready to change the policy each"
                            + " time."));
  }

  static List<LintWarning> upperCaseHex(ReleasePolicyDocument document) {
    return each(
        document,
        LintCode.UpperCaseHex,
        claim ->
            isUpperCaseHex(claim)
                ? Optional.of(
                    "Tokens have "
                        + claim.claim()
                        + " in lower case, and Key Vault compares with case: this never matches."
                        + " Write "
                        + Shortened.text(claim.value().text().toLowerCase(Locale.ROOT))
                        + ".")
                : Optional.empty());
  }

  static List<LintWarning> unsupportedOperators(ReleasePolicyDocument document) {
    return PolicySupport.unsupported(document).stream()
        .map(
            use ->
                new LintWarning(
                    LintCode.UnsupportedOperator,
                    use.path(),
                    "Key Vault does not evaluate "
                        + use.operator().keyword()
                        + " yet: this never matches. Say it with equals, several values as"
                        + " conditions of an anyOf."))
        .toList();
  }

  private static boolean isUpperCaseHex(ClaimCondition condition) {
    return KnownClaim.isHexadecimal(condition.claim())
        && condition.value() instanceof ScalarValue.Text(String text)
        && HEXADECIMAL.matcher(text).matches()
        && !text.equals(text.toLowerCase(Locale.ROOT));
  }

  private static List<LintWarning> each(
      ReleasePolicyDocument document,
      LintCode code,
      Function<ClaimCondition, Optional<String>> message) {
    List<LintWarning> found = new ArrayList<>();
    ConditionPath.visit(
        document,
        (path, claim) ->
            message.apply(claim).ifPresent(text -> found.add(new LintWarning(code, path, text))));
    return found;
  }
}
