package dev.keygate.json;

/**
 * How much a reader takes before it refuses.
 *
 * @param maxBytes of the text in UTF-8
 * @param maxDepth of arrays and objects in one another
 * @param maxTokens braces, brackets, names and scalars together
 * @param comments whether {@code //} and {@code /*} comments are read over
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxTokens, Comments comments) {

  /** Whether a text may hold comments. */
  public enum Comments {
    /** As the standard says. */
    REFUSED,
    /** As people paste them. */
    ALLOWED
  }

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if a limit is not positive
   */
  public JsonLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
