package dev.keygate.policy.profile;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.policy.ClaimCondition;
import java.util.List;
import java.util.Set;

/**
 * The template for nodes of an AKS confidential VM node pool, as the guest attestation path reports
 * them: an Azure-compliant confidential VM that the host may not debug.
 *
 * @param tees at least one
 * @param authorities at least one
 * @param extraClaims asked for on top, by every authority
 */
public record AksConfidentialVm(
    Set<Tee> tees,
    List<AuthorityEndpoint> authorities,
    SecureBoot secureBoot,
    List<ClaimCondition> extraClaims) {

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if there is no TEE or no authority
   */
  public AksConfidentialVm {
    tees = Set.copyOf(tees);
    authorities = List.copyOf(authorities);
    extraClaims = List.copyOf(extraClaims);
    if (tees.isEmpty() || authorities.isEmpty()) {
      throw new IllegalArgumentException("a profile names at least one TEE and one authority");
    }
  }
}
