package dev.keygate.emulator.description;

import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.endpoint.VaultKind;
import java.time.Duration;
import java.util.UUID;

/**
 * How a vault differs from an ordinary Premium one. Members that a description leaves out take the
 * values of {@link DescriptionDefaults}.
 *
 * @param kind a Key Vault or a Managed HSM, which decides the suffix of its host
 * @param tenant whose tokens it takes; the lab's own unless told otherwise
 * @param location the Azure region it is in, which decides its cloud; its tenant's unless told
 *     otherwise
 * @param propagationSeconds how long a changed permission takes to have effect
 */
public record VaultOptions(
    VaultKind kind,
    UUID tenant,
    String location,
    VaultSettings.Tier tier,
    VaultSettings.AccessModel access,
    int propagationSeconds,
    VaultSettings.Throttling throttling,
    VaultSettings.PolicyOperators operators) {

  public VaultOptions {
    Names.requireLocation(location);
    if (propagationSeconds < 0) {
      throw new IllegalArgumentException("propagationSeconds: a number of seconds");
    }
  }

  /** The settings of the service. */
  public VaultSettings settings() {
    return new VaultSettings(
        tier, access, Duration.ofSeconds(propagationSeconds), throttling, operators);
  }
}
