package dev.keygate.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * The grammar's comparisons. Key Vault's own text says that only {@link #EQUALS} is evaluated yet;
 * the others never match.
 */
public enum Operator {
  /** Same text. */
  EQUALS("equals"),
  /** Other text. */
  NOT_EQUALS("notEquals"),
  /** Smaller number. */
  LESS("less"),
  /** Smaller or same number. */
  LESS_OR_EQUALS("lessOrEquals"),
  /** Larger number. */
  GREATER("greater"),
  /** Larger or same number. */
  GREATER_OR_EQUALS("greaterOrEquals"),
  /** Present, or absent. */
  EXISTS("exists");

  private final String keyword;

  Operator(String keyword) {
    this.keyword = keyword;
  }

  /** The member's name in the grammar. */
  public String keyword() {
    return keyword;
  }

  /** Whether Key Vault evaluates it; a comparison it does not evaluate never matches. */
  public boolean isEvaluated() {
    return this == EQUALS;
  }

  static Optional<Operator> of(String keyword) {
    return Arrays.stream(values()).filter(o -> o.keyword.equals(keyword)).findFirst();
  }
}
