package dev.keygate.scenarios.story;

import java.util.Objects;

/**
 * Something did not go as the story says. The message: what was expected, what was found, where.
 */
public final class Surprise extends Exception {

  private static final long serialVersionUID = 1L;

  public Surprise(String message) {
    super(message);
  }

  public Surprise(String message, Throwable cause) {
    super(message, cause);
  }

  /** What a part that failed says itself, which is a sentence of its own. */
  public Surprise(Throwable cause) {
    super(Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
  }

  /** The same, saying in which step. */
  public Surprise during(String step) {
    return new Surprise(step + ": " + getMessage(), this);
  }
}
