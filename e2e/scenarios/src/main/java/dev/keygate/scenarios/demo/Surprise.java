package dev.keygate.scenarios.demo;

import java.util.Objects;

/**
 * Something did not go as the story says. The message: what was expected, what was found, where.
 */
final class Surprise extends Exception {

  private static final long serialVersionUID = 1L;

  Surprise(String message) {
    super(message);
  }

  Surprise(String message, Throwable cause) {
    super(message, cause);
  }

  /** What a part that failed says itself, which is a sentence of its own. */
  Surprise(Throwable cause) {
    super(Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
  }

  /** The same, saying in which step. */
  Surprise during(String step) {
    return new Surprise(step + ": " + getMessage(), this);
  }
}
