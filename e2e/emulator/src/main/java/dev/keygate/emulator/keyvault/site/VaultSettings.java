package dev.keygate.emulator.keyvault.site;

import java.time.Duration;

/**
 * How a vault was set up. A Managed HSM has no tiers, knows only its local roles and is never
 * throttled: no limit is documented for it.
 *
 * @param tier what was bought
 * @param access how a caller's permissions are said when they lack
 * @param propagation how long a changed assignment takes to have effect
 * @param throttling whether creating and releasing is limited
 * @param operators which comparisons a release policy may have
 */
public record VaultSettings(
    Tier tier,
    AccessModel access,
    Duration propagation,
    Throttling throttling,
    PolicyOperators operators) {

  /** Premium, role assignments that have effect at once, no throttling, the strict reading. */
  public static final VaultSettings DEFAULT =
      new VaultSettings(
          Tier.PREMIUM,
          AccessModel.RBAC,
          Duration.ZERO,
          Throttling.UNLIMITED,
          PolicyOperators.EQUALS_ONLY);

  public VaultSettings {
    if (propagation.isNegative()) {
      throw new IllegalArgumentException("propagation: a positive duration or zero");
    }
  }

  /** The two tiers of Key Vault. */
  public enum Tier {
    /** Software keys only. */
    STANDARD,
    /** Software and HSM keys. */
    PREMIUM
  }

  /** The two ways to permit something in Key Vault. */
  public enum AccessModel {
    /** Azure role assignments. */
    RBAC,
    /** The vault's own access policies. */
    ACCESS_POLICIES
  }

  /** Creates and releases of HSM keys share 10 in 10 s, of software keys 20. */
  public enum Throttling {
    /** No limit. */
    UNLIMITED,
    /** Refused requests count too, and the answer does not say when to come again. */
    REFUSED_REQUESTS_COUNT,
    /** Refused requests do not count, and the answer has a Retry-After. */
    REFUSED_REQUESTS_ARE_FREE
  }

  /** The comparisons of the policy grammar that are taken and evaluated. */
  public enum PolicyOperators {
    /** As the documentation's prose says; a policy with another one is refused. */
    EQUALS_ONLY,
    /** All seven of the documentation's grammar. */
    ALL
  }

  /** The same with another tier. */
  public VaultSettings with(Tier other) {
    return new VaultSettings(other, access, propagation, throttling, operators);
  }

  /** The same with another access model. */
  public VaultSettings with(AccessModel other) {
    return new VaultSettings(tier, other, propagation, throttling, operators);
  }

  /** The same with another delay. */
  public VaultSettings withPropagation(Duration other) {
    return new VaultSettings(tier, access, other, throttling, operators);
  }

  /** The same with other throttling. */
  public VaultSettings with(Throttling other) {
    return new VaultSettings(tier, access, propagation, other, operators);
  }

  /** The same with other operators. */
  public VaultSettings with(PolicyOperators other) {
    return new VaultSettings(tier, access, propagation, throttling, other);
  }
}
