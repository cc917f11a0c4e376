package dev.keygate.policy;

import java.util.List;

/**
 * The name of a claim. Dots lead through objects; there is no way to index an array or to name a
 * member that has a dot in its own name.
 *
 * @param path 1 to {@link PolicyLimits#MAX_CLAIM_LENGTH} characters, no segment empty
 */
public record ClaimName(String path) {

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if it is empty, too long, or has an empty segment
   */
  public ClaimName {
    if (!isClaimName(path)) {
      throw new IllegalArgumentException("not the name of a claim: " + path);
    }
  }

  /** The names of the members to go through, the claim's own last. */
  public List<String> segments() {
    return List.of(path.split("\\.", -1));
  }

  @Override
  public String toString() {
    return path;
  }

  /** Whether a text is the name of a claim. */
  public static boolean isClaimName(String text) {
    return !text.isEmpty()
        && text.length() <= PolicyLimits.MAX_CLAIM_LENGTH
        && !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..");
  }
}
