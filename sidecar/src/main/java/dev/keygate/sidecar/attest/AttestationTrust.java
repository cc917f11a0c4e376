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

  /** Those of the authorities that are named, in their order here. */
  List<AuthorityEndpoint> among(List<AuthorityEndpoint> named) {
    List<AuthorityEndpoint> among = authorities.stream().filter(named::contains).toList();
    if (among.isEmpty()) {
      throw new IllegalArgumentException("none of the named authorities is pinned");
    }
    return among;
  }
}
