package dev.keygate.azure.thim;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.StatusClass;
import dev.keygate.azure.http.Upstream;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.net.URI;

/**
 * Reads files from a service that has them by chip id.
 *
 * @param upstream the service
 * @param exchange the way there
 * @param time for what the service says about waiting
 */
record ChipRequests(Upstream upstream, Exchange exchange, TimeSource time) {

  private static final int NOT_FOUND = 404;

  static Upstream upstream(String name) {
    return new Upstream(name, Reason.CollateralUnavailable, Reason.CollateralMalformed);
  }

  /** A chip that was just updated is not found until the service has its new certificate. */
  Bytes get(URI uri) throws FailureException, InterruptedException {
    Answer answer = exchange.send(upstream, Call.get(uri));
    if (answer.isSuccess()) {
      return answer.body();
    }
    if (StatusClass.isPassing(answer.status()) || answer.status() == NOT_FOUND) {
      throw StatusClass.unavailable(upstream, answer, time.now());
    }
    throw malformed(answer.describe() + " and no certificates");
  }

  RefusedException malformed(String what) {
    return new RefusedException(Reason.CollateralMalformed, upstream.name() + " at " + what);
  }

  void requireChip(AmdPlatform platform) throws UnavailableException {
    if (platform.isChipHidden()) {
      throw new UnavailableException(
          Reason.CollateralUnavailable,
          upstream.name() + " has endorsements by chip id, and the report hides its chip");
    }
  }
}
