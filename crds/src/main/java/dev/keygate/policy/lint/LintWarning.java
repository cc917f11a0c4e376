package dev.keygate.policy.lint;

/**
 * One finding.
 *
 * @param path of the branch or condition, such as {@code anyOf[0].allOf[2]}
 * @param message what will happen, and what to do; at most {@link #MAX_MESSAGE_LENGTH} characters
 */
public record LintWarning(LintCode code, String path, String message) {

  /** What the schema of ReleasePolicy allows. */
  public static final int MAX_MESSAGE_LENGTH = 1024;

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if the message is too long
   */
  public LintWarning {
    if (message.length() > MAX_MESSAGE_LENGTH) {
      throw new IllegalArgumentException("a warning's message is too long");
    }
  }
}
