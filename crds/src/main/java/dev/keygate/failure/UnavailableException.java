package dev.keygate.failure;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A passing fault: the same request may succeed later. */
public non-sealed class UnavailableException extends FailureException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * @param reason of kind {@link Reason.Kind#UNAVAILABLE}
   * @param message one sentence for the user, without secrets: which service, at which address
   */
  public UnavailableException(Reason reason, String message) {
    this(reason, message, null, null);
  }

  /**
   * @param reason of kind {@link Reason.Kind#UNAVAILABLE}
   * @param message one sentence for the user, without secrets: which service, at which address
   * @param retryAfter how long the service asked to be left alone; null if it did not say
   * @param cause what was found, for the log
   */
  public UnavailableException(
      Reason reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(reason, Reason.Kind.UNAVAILABLE, message, cause);
    this.retryAfter = retryAfter;
  }

  /** How long the service asked to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
