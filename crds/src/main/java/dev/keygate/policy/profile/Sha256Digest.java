package dev.keygate.policy.profile;

import java.util.regex.Pattern;

/**
 * A SHA-256 as attestation tokens write it.
 *
 * @param hex 64 lower-case hexadecimal digits; upper case would never match a token
 */
public record Sha256Digest(String hex) {

  private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if it is not in that format
   */
  public Sha256Digest {
    if (!isSha256(hex)) {
      throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
    }
  }

  /** Whether a text is in that format. */
  public static boolean isSha256(String text) {
    return FORMAT.matcher(text).matches();
  }
}
