package dev.keygate.azure.json;

/**
 * Text is not JSON, or a member is not what the reader expects. The message names the member and
 * what was expected, never a value.
 */
public final class JsonFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String problem;

  /**
   * @param message what was expected where, without any value of the text
   */
  public JsonFormatException(String message) {
    super(message);
    this.problem = message;
  }

  /** What was expected where; never null. */
  @Override
  public String getMessage() {
    return problem;
  }
}
