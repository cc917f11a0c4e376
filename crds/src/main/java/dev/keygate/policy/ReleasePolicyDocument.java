package dev.keygate.policy;

import java.util.List;

/**
 * A release policy: it admits a token that any of its authorities issued and whose claims satisfy
 * that authority's conditions. The version is not kept, because Key Vault replaces every version it
 * accepts by {@link #VERSION}.
 *
 * @param anyOf 1 to {@link PolicyLimits#MAX_AUTHORITIES}; one authority may occur more than once
 */
public record ReleasePolicyDocument(List<AuthorityBranch> anyOf) {

  /** The only version of the grammar. */
  public static final String VERSION = "1.0.0";

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if there is no authority, or too many
   */
  public ReleasePolicyDocument {
    anyOf = List.copyOf(anyOf);
    PolicyLimits.requireBetweenOneAnd(PolicyLimits.MAX_AUTHORITIES, anyOf.size(), "authorities");
  }
}
