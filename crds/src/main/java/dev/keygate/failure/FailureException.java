package dev.keygate.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure with a {@link Reason}. The message is one sentence for the user: what was expected,
 * what was found, where, what to do. It never holds key material, tokens or response bodies.
 */
public abstract sealed class FailureException extends Exception
    permits RefusedException, UnavailableException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  FailureException(Reason reason, Reason.Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    if (reason.kind() != kind) {
      throw new IllegalArgumentException(reason + " is " + reason.kind() + ", not " + kind);
    }
    this.reason = reason;
  }

  /** The reason that status, metric and runbook share. */
  public Reason reason() {
    return reason;
  }
}
