package dev.keygate.operator.injection.admission;

/** An object could not be looked up: whether it exists is not known. */
public final class LookupFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message which object, and what the API server said
   */
  public LookupFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
