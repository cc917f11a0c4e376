package dev.keygate.policy;

import java.util.Locale;

/**
 * An authority's name as the policy writes it. It is compared with a token's {@code iss}: one
 * trailing slash is insignificant, scheme and host are compared without case, the path with case.
 *
 * @param name 1 to {@link PolicyLimits#MAX_AUTHORITY_LENGTH} characters; usually an https URL, but
 *     the grammar takes any text
 */
public record Authority(String name) {

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public Authority {
    PolicyLimits.requireBetweenOneAnd(
        PolicyLimits.MAX_AUTHORITY_LENGTH, name.length(), "characters in an authority's name");
  }

  /**
   * The name without its trailing slash, as the canonical text has it. A name with several keeps
   * them: only one is insignificant, and a canonical name has to be its own canonical name.
   */
  public String canonicalName() {
    return name.length() > 1 && name.endsWith("/") && !name.endsWith("//")
        ? name.substring(0, name.length() - 1)
        : name;
  }

  /** Whether a token with this {@code iss} was issued by this authority. */
  public boolean isIssuer(String iss) {
    return !iss.isEmpty() && comparisonKey(name).equals(comparisonKey(iss));
  }

  /** Equal for exactly those names that denote the same authority. */
  public String comparisonKey() {
    return comparisonKey(name);
  }

  private static String comparisonKey(String text) {
    String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    int scheme = bare.indexOf("://");
    int path = bare.indexOf('/', scheme < 0 ? 0 : scheme + 3);
    int end = path < 0 ? bare.length() : path;
    return bare.substring(0, end).toLowerCase(Locale.ROOT) + bare.substring(end);
  }

  @Override
  public String toString() {
    return name;
  }
}
