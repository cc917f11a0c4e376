package dev.keygate.policy.evaluation;

import dev.keygate.policy.ClaimName;
import dev.keygate.policy.Operator;
import dev.keygate.policy.ScalarValue;
import java.util.Optional;

/**
 * A comparison that came out false.
 *
 * @param path of the condition in the policy, such as {@code anyOf[0].allOf[2]}
 * @param expected the policy's value
 * @param actual the claim's text, or in parentheses what it is if it is no scalar; empty if there
 *     is no such claim
 */
public record ClaimMismatch(
    String path,
    ClaimName claim,
    Operator operator,
    ScalarValue expected,
    Optional<String> actual) {

  /** One phrase: which claim, wanted, got, where. */
  @Override
  public String toString() {
    return claim
        + " "
        + operator.keyword()
        + " '"
        + expected.text()
        + "', got "
        + actual.map(text -> "'" + text + "'").orElse("no such claim")
        + " ("
        + path
        + ")";
  }
}
