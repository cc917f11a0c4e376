package dev.keygate.sidecar.attest;

import dev.keygate.azure.thim.AmdCertification;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.failure.FailureException;

/**
 * Where the endorsement of the processor that made a report is had from; one attempt, unverified.
 */
public interface EndorsementSource {

  /**
   * The endorsement.
   *
   * @throws FailureException {@code CollateralUnavailable}, {@code CollateralStale} or {@code
   *     CollateralMalformed}
   */
  AmdCertification of(SnpReport report) throws FailureException, InterruptedException;
}
