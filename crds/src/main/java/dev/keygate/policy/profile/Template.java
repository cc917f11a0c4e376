package dev.keygate.policy.profile;

import dev.keygate.policy.ClaimCondition;
import java.util.List;
import java.util.Set;

/**
 * A named template of a release policy. Whatever it admits, it never admits a machine that the host
 * may debug.
 */
public sealed interface Template {

  /** At least one; any of them may have issued the token. */
  List<Provider> providers();

  /** Asked for on top, whoever issued the token. */
  List<ClaimCondition> extraClaims();

  /**
   * Nodes of an AKS confidential VM node pool, as the guest attestation path reports them: an
   * Azure-compliant confidential VM.
   *
   * @param tees at least one
   */
  record AksConfidentialVm(
      Set<Tee> tees,
      SecureBoot secureBoot,
      List<Provider> providers,
      List<ClaimCondition> extraClaims)
      implements Template {

    /**
     * Checks the rules above.
     *
     * @throws IllegalArgumentException if there is no TEE or no provider
     */
    public AksConfidentialVm {
      tees = Set.copyOf(tees);
      providers = requireSome("provider", providers);
      extraClaims = List.copyOf(extraClaims);
      requireSome("TEE", List.copyOf(tees));
    }
  }

  /**
   * A confidential VM as the platform attests it, before any guest runs: what a disk encryption set
   * asks for. A guest's own token never satisfies it.
   *
   * @param tees at least one
   */
  record ConfidentialVmPlatform(
      Set<Tee> tees,
      SecureBoot secureBoot,
      List<Provider> providers,
      List<ClaimCondition> extraClaims)
      implements Template {

    /**
     * Checks the rules above.
     *
     * @throws IllegalArgumentException if there is no TEE or no provider
     */
    public ConfidentialVmPlatform {
      tees = Set.copyOf(tees);
      providers = requireSome("provider", providers);
      extraClaims = List.copyOf(extraClaims);
      requireSome("TEE", List.copyOf(tees));
    }
  }

  /**
   * Groups of confidential containers on SEV-SNP, told apart by the security policy that they were
   * launched with; its digest is the report's host data.
   *
   * @param hostData at least one
   */
  record ConfidentialContainerGroup(
      List<Sha256Digest> hostData, List<Provider> providers, List<ClaimCondition> extraClaims)
      implements Template {

    /**
     * Checks the rules above.
     *
     * @throws IllegalArgumentException if there is no host data or no provider
     */
    public ConfidentialContainerGroup {
      hostData = requireSome("host data", hostData);
      providers = requireSome("provider", providers);
      extraClaims = List.copyOf(extraClaims);
    }
  }

  /**
   * SGX enclaves.
   *
   * @param enclaves at least one
   */
  record SgxEnclave(
      List<EnclaveIdentity> enclaves, List<Provider> providers, List<ClaimCondition> extraClaims)
      implements Template {

    /**
     * Checks the rules above.
     *
     * @throws IllegalArgumentException if there is no enclave or no provider
     */
    public SgxEnclave {
      enclaves = requireSome("enclave", enclaves);
      providers = requireSome("provider", providers);
      extraClaims = List.copyOf(extraClaims);
    }
  }

  private static <T> List<T> requireSome(String what, List<T> elements) {
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("a template names at least one " + what);
    }
    return List.copyOf(elements);
  }
}
