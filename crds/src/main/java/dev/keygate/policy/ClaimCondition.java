package dev.keygate.policy;

/** A comparison of one claim with a constant. */
public record ClaimCondition(ClaimName claim, Operator operator, ScalarValue value)
    implements Condition {

  /** The one comparison that Key Vault evaluates. */
  public static ClaimCondition equalTo(String claim, ScalarValue value) {
    return new ClaimCondition(new ClaimName(claim), Operator.EQUALS, value);
  }

  /** The comparison with a string; it also matches a boolean or number of the same text. */
  public static ClaimCondition equalTo(String claim, String value) {
    return equalTo(claim, new ScalarValue.Text(value));
  }

  @Override
  public int depth() {
    return 0;
  }
}
