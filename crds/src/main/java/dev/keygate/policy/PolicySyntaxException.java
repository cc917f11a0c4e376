package dev.keygate.policy;

import dev.keygate.json.Position;

/** A text is not a release policy: where, what was expected and what stood there. */
public final class PolicySyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Position position;
  private final String path;
  private final String expected;
  private final String found;

  PolicySyntaxException(Position position, String path, String expected, String found) {
    super(
        position
            + (path.isEmpty() ? "" : ", " + path)
            + ": expected "
            + expected
            + ", found "
            + found);
    this.position = position;
    this.path = path;
    this.expected = expected;
    this.found = found;
  }

  /** Line and column in the text that was parsed. */
  public Position position() {
    return position;
  }

  /** Such as {@code anyOf[0].allOf[2].claim}; empty for the root. */
  public String path() {
    return path;
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
