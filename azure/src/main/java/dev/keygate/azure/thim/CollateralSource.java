package dev.keygate.azure.thim;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;

/**
 * Where endorsements of AMD processors come from; what it gives is unverified. Implementations are
 * safe for use by several threads.
 */
public interface CollateralSource {

  /**
   * The endorsement of this chip at this reported TCB; one attempt.
   *
   * @throws UnavailableException {@code CollateralUnavailable} if there is no answer, or one that
   *     time may cure; {@code CollateralStale} if what there is is for another TCB
   * @throws RefusedException {@code CollateralMalformed} for any other answer without collateral
   */
  AmdCertification collateral(AmdPlatform platform) throws FailureException, InterruptedException;
}
