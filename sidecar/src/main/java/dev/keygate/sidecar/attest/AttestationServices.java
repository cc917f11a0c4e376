package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.MaaClient;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.thim.AmdCertification;
import dev.keygate.azure.thim.AmdPlatform;
import dev.keygate.azure.thim.CollateralCache;
import dev.keygate.failure.FailureException;
import dev.keygate.time.TimeSource;

/**
 * The services that take part in an attestation.
 *
 * @param collateral the endorsement of this machine's chip, from the host or from a cache of
 *     Azure's
 * @param maa the authorities
 * @param retry how often one of them is asked before it counts as unavailable
 * @param time by which certificates and tokens are in force or not
 */
public record AttestationServices(
    CollateralCache collateral, MaaClient maa, RetryPolicy retry, TimeSource time) {

  /** The verified endorsement of this machine's chip. */
  AmdCertification certification(AmdPlatform platform)
      throws FailureException, InterruptedException {
    return retry.run(() -> collateral.collateral(platform)).certification();
  }
}
