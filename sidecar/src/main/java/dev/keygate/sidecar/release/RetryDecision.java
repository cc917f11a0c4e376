package dev.keygate.sidecar.release;

import java.time.Duration;

/** What is done about a key after an outcome. */
public sealed interface RetryDecision {

  /** Nothing until the plan changes. */
  record AwaitChange() implements RetryDecision {}

  /** For the first time, at a moment of its own within what the grant allows. */
  record FirstTry(Duration pause) implements RetryDecision {}

  /** The same again, after a pause or when the plan changes. */
  record TryAgain(Duration pause) implements RetryDecision {}
}
