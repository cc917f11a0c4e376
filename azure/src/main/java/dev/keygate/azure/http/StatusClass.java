package dev.keygate.azure.http;

import dev.keygate.failure.UnavailableException;
import java.time.Instant;
import java.util.Set;

/** Which statuses time may cure, for every service alike. */
public final class StatusClass {

  private static final Set<Integer> PASSING = Set.of(408, 429);

  private StatusClass() {}

  /** Whether the same request may succeed later: 408, 429 and any 5xx. */
  public static boolean isPassing(int status) {
    return PASSING.contains(status) || status >= 500;
  }

  /** The failure for such an answer, with the pause that the service asked for. */
  public static UnavailableException unavailable(Upstream upstream, Answer answer, Instant now) {
    return new UnavailableException(
        upstream.unavailable(),
        upstream.name() + " at " + answer.describe() + "; try again later",
        answer.retryAfter(now).orElse(null),
        null);
  }
}
