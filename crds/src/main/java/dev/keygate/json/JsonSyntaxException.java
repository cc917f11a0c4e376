package dev.keygate.json;

/** A text is not JSON, or not within the limits. */
public final class JsonSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Position position;
  private final String expected;
  private final String found;

  JsonSyntaxException(Position position, String expected, String found) {
    super(position + ": expected " + expected + ", found " + found);
    this.position = position;
    this.expected = expected;
    this.found = found;
  }

  /** Where reading stopped. */
  public Position position() {
    return position;
  }

  /** What would have been right, as a phrase. */
  public String expected() {
    return expected;
  }

  /** What stood there instead, as a phrase. */
  public String found() {
    return found;
  }
}
