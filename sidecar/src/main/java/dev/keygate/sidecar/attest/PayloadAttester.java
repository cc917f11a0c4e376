package dev.keygate.sidecar.attest;

import dev.keygate.failure.FailureException;

/** Proves to an authority what this guest is, with a payload of the caller's. */
public interface PayloadAttester {

  /**
   * Attests once, with a transfer key of its own; the caller closes the result.
   *
   * @throws FailureException with the reason of the step that failed
   */
  AttestedGuest attest(ClientPayload payload) throws FailureException, InterruptedException;
}
