package dev.keygate.contract;

/** A text is not a grant of a schema that this release reads. */
public final class GrantFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  GrantFormatException(String message) {
    super(message);
  }
}
