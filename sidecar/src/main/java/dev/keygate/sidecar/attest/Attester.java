package dev.keygate.sidecar.attest;

import dev.keygate.failure.FailureException;

/** Proves to an authority what this guest is. */
public interface Attester {

  /**
   * Attests once, with a fresh nonce and a transfer key of its own; the caller closes the result.
   *
   * @throws FailureException with the reason of the step that failed
   */
  AttestedGuest attest() throws FailureException, InterruptedException;
}
