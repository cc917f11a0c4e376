package dev.keygate.sidecar.release;

import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/** What came of trying to release a key. */
public sealed interface ReleaseOutcome {

  /** What the pod calls the key. */
  String name();

  /**
   * The key is delivered.
   *
   * @param key with its version
   */
  record Released(String name, KeyIdentifier key) implements ReleaseOutcome {}

  /**
   * Somebody has to change something.
   *
   * @param message one sentence for the user
   */
  record Refused(String name, Reason reason, String message) implements ReleaseOutcome {}

  /**
   * Time may cure it.
   *
   * @param message one sentence for the user
   * @param retryAfter how long a service asked to be left alone
   */
  record Unavailable(String name, Reason reason, String message, Optional<Duration> retryAfter)
      implements ReleaseOutcome {}

  /** The outcome of a key whose release failed so. */
  static ReleaseOutcome of(String name, FailureException failure) {
    return switch (failure) {
      case RefusedException refused -> new Refused(name, refused.reason(), text(refused));
      case UnavailableException unavailable ->
          new Unavailable(name, unavailable.reason(), text(unavailable), unavailable.retryAfter());
    };
  }

  private static String text(FailureException failure) {
    String message = failure.getMessage();
    return message == null ? failure.reason().name() : message;
  }
}
