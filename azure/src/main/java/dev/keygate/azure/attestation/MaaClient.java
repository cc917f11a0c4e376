package dev.keygate.azure.attestation;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;

/**
 * Azure Attestation. Each call is one attempt. Implementations are safe for use by several threads.
 */
public interface MaaClient {

  /**
   * Has an authority appraise the evidence of this guest.
   *
   * @throws UnavailableException {@code AttestationUnavailable} for 408, 429, any 5xx and no answer
   * @throws RefusedException {@code AttestationRefused} with the authority's code if it refuses the
   *     evidence, {@code AttestationTokenInvalid} if it answers with something else than a sealed
   *     token
   */
  SealedToken attestAzureGuest(AuthorityEndpoint authority, GuestAttestationRequest request)
      throws FailureException, InterruptedException;

  /**
   * Has an authority appraise the evidence of a guest's processor alone.
   *
   * @throws UnavailableException {@code AttestationUnavailable} for 408, 429, any 5xx and no answer
   * @throws RefusedException {@code AttestationRefused} with the authority's code if it refuses the
   *     evidence, {@code AttestationTokenInvalid} if it answers with something else than a token
   */
  AttestationToken attestSevSnp(AuthorityEndpoint authority, SnpAttestationRequest request)
      throws FailureException, InterruptedException;

  /**
   * The signature keys of an authority, from its own address; what a token says about where its
   * keys are ({@code jku}) is never followed. Kept for a while.
   *
   * @throws UnavailableException {@code AttestationUnavailable} if it does not answer
   * @throws RefusedException {@code AttestationTokenInvalid} if the answer is no key set
   */
  IssuerKeys certs(AuthorityEndpoint authority) throws FailureException, InterruptedException;

  /**
   * The same, fetched anew if the kept ones lack the key that the token names; so an authority's
   * new key works at once. A token cannot make us ask more often than once in a while.
   */
  IssuerKeys certsFor(AuthorityEndpoint authority, AttestationToken token)
      throws FailureException, InterruptedException;
}
