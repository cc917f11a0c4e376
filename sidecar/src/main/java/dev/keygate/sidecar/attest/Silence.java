package dev.keygate.sidecar.attest;

import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** No authority answered. */
final class Silence {

  private Silence() {}

  /**
   * One failure for all of them. The pause is the shortest that one of them asked for, because one
   * is enough, and none if any of them asked for none.
   */
  static UnavailableException of(List<UnavailableException> tried) {
    if (tried.size() == 1) {
      return tried.getFirst();
    }
    String said =
        tried.stream()
            .map(failure -> String.valueOf(failure.getMessage()))
            .collect(Collectors.joining("; "));
    Duration pause =
        tried.stream()
            .map(UnavailableException::retryAfter)
            .map(asked -> asked.orElse(Duration.ZERO))
            .min(Duration::compareTo)
            .filter(Duration::isPositive)
            .orElse(null);
    return new UnavailableException(
        Reason.AttestationUnavailable,
        "No authority that may be asked answered: " + said + ".",
        pause,
        tried.getLast());
  }
}
