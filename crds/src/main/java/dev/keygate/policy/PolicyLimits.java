package dev.keygate.policy;

/**
 * Bounds of a release policy. Key Vault documents none; the largest policy known to work (60
 * authorities, 27 KiB as it is printed) is well inside. The schema of {@code ReleasePolicy} states
 * the same numbers.
 */
public final class PolicyLimits {

  /** UTF-8 bytes of the text, with its white space and comments. */
  public static final int MAX_BYTES = 64 * 1024;

  /** Branches of the root. */
  public static final int MAX_AUTHORITIES = 128;

  /** Elements of one {@code anyOf} or {@code allOf}. */
  public static final int MAX_CONDITIONS = 64;

  /** Lists of conditions in one another: an authority's own list is depth 1. */
  public static final int MAX_DEPTH = 4;

  /** Characters of an authority's name. */
  public static final int MAX_AUTHORITY_LENGTH = 512;

  /** Characters of a claim's name, dots included. */
  public static final int MAX_CLAIM_LENGTH = 256;

  /** Characters of a string that a claim is compared with. */
  public static final int MAX_TEXT_LENGTH = 4096;

  private PolicyLimits() {}

  static void requireBetweenOneAnd(int max, int count, String what) {
    if (count < 1 || count > max) {
      throw new IllegalArgumentException("1 to " + max + " " + what + ", not " + count);
    }
  }
}
