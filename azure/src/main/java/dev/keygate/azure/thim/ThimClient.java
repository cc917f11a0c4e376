package dev.keygate.azure.thim;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;

/** Collateral for this machine. Implementations are safe for use by several threads. */
public interface ThimClient {

  /**
   * The endorsement of this host's chip at its present firmware; one attempt.
   *
   * @throws UnavailableException {@code CollateralUnavailable} if there is no answer, or one that
   *     time may cure (404, 408, 410, 429, 5xx)
   * @throws RefusedException {@code CollateralMalformed} for any other answer without collateral
   */
  AmdCertification amdCertification() throws FailureException, InterruptedException;
}
