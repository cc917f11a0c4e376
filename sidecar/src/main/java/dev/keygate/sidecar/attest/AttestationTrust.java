package dev.keygate.sidecar.attest;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.evidence.endorsement.PinnedRoots;
import java.util.List;

/**
 * Whom to believe.
 *
 * @param hardwareRoots the roots at which an endorsement may end
 * @param authorities at least one, in the order in which they are asked
 */
public record AttestationTrust(PinnedRoots hardwareRoots, List<AuthorityEndpoint> authorities) {
  /** Copies the list. */
  public AttestationTrust {
    authorities = List.copyOf(authorities);
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("an authority is needed");
    }
  }
}
