package dev.keygate.sidecar.release;

import java.time.Duration;

/** What is done about a key after an outcome. */
public sealed interface RetryDecision {

  /** Nothing until the plan changes. */
  record AwaitChange() implements RetryDecision {}

  /** The same again, after a pause or when the plan changes. */
  record TryAgain(Duration pause) implements RetryDecision {}
}
