package dev.keygate.policy.lint;

import dev.keygate.policy.AllOf;
import dev.keygate.policy.AnyOf;
import dev.keygate.policy.Authority;
import dev.keygate.policy.AuthorityBranch;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.ClaimName;
import dev.keygate.policy.Condition;
import dev.keygate.policy.Junction;
import dev.keygate.policy.Operator;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.ScalarValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Policies in one line: {@code authority: claim=value & (claim=value | claim=value)}, branches
 * separated by semicolons. Without an authority it is West Europe's shared one; {@code <} is {@code
 * less}.
 */
final class PolicyNotation {

  private static final String AUTHORITY = "https://sharedweu.weu.attest.azure.net";

  private final String text;
  private int position;

  private PolicyNotation(String text) {
    this.text = text.replace(" ", "");
  }

  static ReleasePolicyDocument policy(String text) {
    return new ReleasePolicyDocument(
        Arrays.stream(text.split(";")).map(PolicyNotation::branch).toList());
  }

  /** The paths that a policy is warned of with a code, separated by blanks; {@code -} for none. */
  static String paths(LintCode code, String text) {
    List<String> paths =
        PolicyLint.lint(policy(text)).stream()
            .filter(warning -> warning.code() == code)
            .map(LintWarning::path)
            .toList();
    return paths.isEmpty() ? "-" : String.join(" ", paths);
  }

  private static AuthorityBranch branch(String text) {
    int colon = text.indexOf(": ");
    String authority = colon < 0 ? AUTHORITY : text.substring(0, colon).strip();
    Condition root = new PolicyNotation(text.substring(colon + 1)).alternatives();
    return switch (root) {
      case AnyOf(List<Condition> conditions) ->
          new AuthorityBranch(new Authority(authority), Junction.ANY_OF, conditions);
      case AllOf(List<Condition> conditions) ->
          new AuthorityBranch(new Authority(authority), Junction.ALL_OF, conditions);
      case ClaimCondition claim ->
          new AuthorityBranch(new Authority(authority), Junction.ALL_OF, List.of(claim));
    };
  }

  private Condition alternatives() {
    List<Condition> conditions = new ArrayList<>(List.of(joint()));
    while (skip('|')) {
      conditions.add(joint());
    }
    return conditions.size() == 1 ? conditions.getFirst() : new AnyOf(conditions);
  }

  private Condition joint() {
    List<Condition> conditions = new ArrayList<>(List.of(single()));
    while (skip('&')) {
      conditions.add(single());
    }
    return conditions.size() == 1 ? conditions.getFirst() : new AllOf(conditions);
  }

  private Condition single() {
    if (skip('(')) {
      Condition inner = alternatives();
      skip(')');
      return inner;
    }
    String claim = word();
    Operator operator = skip('<') ? Operator.LESS : Operator.EQUALS;
    skip('=');
    return new ClaimCondition(new ClaimName(claim), operator, value(word()));
  }

  private static ScalarValue value(String word) {
    return switch (word) {
      case "true" -> new ScalarValue.Truth(true);
      case "false" -> new ScalarValue.Truth(false);
      default ->
          word.matches("[0-9]{1,3}")
              ? new ScalarValue.Numeric(new BigDecimal(word))
              : new ScalarValue.Text(word);
    };
  }

  private String word() {
    int start = position;
    while (position < text.length() && "=<&|()".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private boolean skip(char expected) {
    boolean isThere = position < text.length() && text.charAt(position) == expected;
    position += isThere ? 1 : 0;
    return isThere;
  }
}
