package dev.keygate.failure;

/** A refusal: the same request gives the same answer until somebody changes something. */
public final class RefusedException extends FailureException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason of kind {@link Reason.Kind#REFUSED}
   * @param message one sentence for the user, without secrets
   */
  public RefusedException(Reason reason, String message) {
    super(reason, Reason.Kind.REFUSED, message, null);
  }

  /**
   * @param reason of kind {@link Reason.Kind#REFUSED}
   * @param message one sentence for the user, without secrets
   * @param cause what was found, for the log
   */
  public RefusedException(Reason reason, String message, Throwable cause) {
    super(reason, Reason.Kind.REFUSED, message, cause);
  }
}
