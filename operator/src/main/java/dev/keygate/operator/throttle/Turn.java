package dev.keygate.operator.throttle;

import java.time.Duration;

/** The answer to a caller. */
sealed interface Turn {

  /**
   * It may call, once, and has to say when it is done.
   *
   * @param waited how long it has been waiting
   */
  record Now(Duration waited) implements Turn {}

  /**
   * It has to come back.
   *
   * @param in after how long, at least a millisecond, in whole ones
   */
  record Later(Duration in) implements Turn {}
}
