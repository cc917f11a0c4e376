package dev.keygate.scenarios.demo;

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
}
