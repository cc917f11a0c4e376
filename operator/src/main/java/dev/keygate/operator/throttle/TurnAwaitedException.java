package dev.keygate.operator.throttle;

import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;

/**
 * Nothing was asked and nothing has failed: the caller has to come back when it is its turn. Its
 * place is kept until then. To those who do not know of turns it is what the vault itself would
 * answer.
 */
public final class TurnAwaitedException extends UnavailableException {

  private static final long serialVersionUID = 1L;

  private final Duration wait;

  TurnAwaitedException(String message, Duration wait) {
    super(Reason.VaultThrottled, message, wait, null);
    this.wait = wait;
  }

  /** After how long to come back: exactly, since others come at other times. */
  public Duration untilTurn() {
    return wait;
  }
}
