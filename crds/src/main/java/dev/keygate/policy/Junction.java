package dev.keygate.policy;

/** How a list of conditions is combined. */
public enum Junction {
  /** One true condition suffices. */
  ANY_OF("anyOf"),
  /** Every condition has to be true. */
  ALL_OF("allOf");

  private final String keyword;

  Junction(String keyword) {
    this.keyword = keyword;
  }

  /** The member's name in the grammar. */
  public String keyword() {
    return keyword;
  }
}
