package dev.keygate.policy.evaluation;

import dev.keygate.json.Position;

/** A text is not a JSON object of claims, or not within the limits. */
public final class ClaimsFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Position position;

  ClaimsFormatException(Position position, String expected, String found) {
    super("claims, " + position + ": expected " + expected + ", found " + found);
    this.position = position;
  }

  /** Where reading stopped. */
  public Position position() {
    return position;
  }
}
