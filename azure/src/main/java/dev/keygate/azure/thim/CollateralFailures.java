package dev.keygate.azure.thim;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each source said, put into one failure. */
final class CollateralFailures {

  private final List<FailureException> failures = new ArrayList<>();

  void add(FailureException failure) {
    failures.add(failure);
  }

  /**
   * One that time may cure if it may cure any: stale only if every source that answered is. The
   * pause is the longest that was asked for.
   */
  FailureException combined() {
    String message =
        failures.stream()
            .map(failure -> String.valueOf(failure.getMessage()))
            .collect(Collectors.joining("; ", "No source has this machine's endorsement: ", ""));
    List<UnavailableException> passing =
        failures.stream()
            .filter(UnavailableException.class::isInstance)
            .map(UnavailableException.class::cast)
            .toList();
    FailureException last = failures.getLast();
    if (passing.isEmpty()) {
      return new RefusedException(Reason.CollateralMalformed, message, last);
    }
    boolean stale =
        failures.stream().allMatch(failure -> failure.reason() == Reason.CollateralStale);
    Duration pause =
        passing.stream()
            .map(UnavailableException::retryAfter)
            .flatMap(Optional::stream)
            .max(Duration::compareTo)
            .orElse(null);
    return new UnavailableException(
        stale ? Reason.CollateralStale : Reason.CollateralUnavailable, message, pause, last);
  }
}
