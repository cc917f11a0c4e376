package dev.keygate.policy.profile;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.policy.ClaimCondition;
import java.util.List;

/**
 * An attestation provider that a template admits.
 *
 * @param claims asked for only of this provider's tokens, such as the digest of its own policy
 */
public record Provider(AuthorityEndpoint endpoint, List<ClaimCondition> claims) {

  /** Copies the list. */
  public Provider {
    claims = List.copyOf(claims);
  }

  /** A provider whose tokens are asked for nothing of their own. */
  public static Provider at(AuthorityEndpoint endpoint) {
    return new Provider(endpoint, List.of());
  }

  /**
   * A provider whose attestation policy must be the one of that digest.
   *
   * @param policyHash as tokens carry it in {@code x-ms-policy-hash}: 43 characters of base64url
   */
  public static Provider pinned(AuthorityEndpoint endpoint, String policyHash) {
    return new Provider(endpoint, List.of(ClaimCondition.equalTo("x-ms-policy-hash", policyHash)));
  }
}
