package dev.keygate.sidecar.keyvault;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.failure.FailureException;

/** A vault's release call. Implementations are safe for use by several threads. */
public interface KeyReleaseClient {

  /**
   * Asks the vault of the key, and no other host, to release it to the guest that the token is for;
   * one attempt.
   *
   * @throws FailureException with the reason that the vault's answer stands for
   */
  ReleaseEnvelope release(ReleaseRequest request, VerifiedToken token)
      throws FailureException, InterruptedException;
}
