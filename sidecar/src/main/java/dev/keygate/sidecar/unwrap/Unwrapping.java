package dev.keygate.sidecar.unwrap;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;

/** The one way in which unwrapping fails. */
final class Unwrapping {

  private Unwrapping() {}

  /**
   * @param what what was expected and found, as a clause without any secret octet
   */
  static RefusedException failed(String what) {
    return new RefusedException(Reason.UnwrapFailed, sentence(what));
  }

  static RefusedException failed(String what, Throwable cause) {
    return new RefusedException(Reason.UnwrapFailed, sentence(what), cause);
  }

  private static String sentence(String what) {
    return "The key that the vault released cannot be unwrapped: " + what + ".";
  }
}
