package dev.keygate.sidecar.attest;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.failure.FailureException;
import java.util.List;

/** Proves to an authority what this guest is. */
public interface Attester {

  /** The pinned authorities, in the order in which they are asked. */
  List<AuthorityEndpoint> authorities();

  /**
   * Attests once, with a fresh nonce and a transfer key of its own; the caller closes the result.
   *
   * @param among those of the pinned authorities that may be asked, at least one; the first that
   *     answers issues the token
   * @throws FailureException with the reason of the step that failed
   */
  AttestedGuest attest(List<AuthorityEndpoint> among) throws FailureException, InterruptedException;

  /** The same with all pinned authorities. */
  default AttestedGuest attest() throws FailureException, InterruptedException {
    return attest(authorities());
  }
}
