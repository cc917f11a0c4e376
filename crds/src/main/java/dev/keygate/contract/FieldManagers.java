package dev.keygate.contract;

/** Names under which the product owns fields in server-side apply. */
public final class FieldManagers {

  /** The operator's, for everything it applies. */
  public static final String OPERATOR = "keygate-operator";

  private FieldManagers() {}
}
