package dev.keygate.emulator.keyvault.site;

import dev.keygate.endpoint.VaultHost;
import dev.keygate.endpoint.VaultKind;
import java.util.UUID;

/**
 * A vault or Managed HSM.
 *
 * @param host its host name, whose suffix says which of the two it is
 * @param tenantId whose tokens it takes
 * @param location an Azure region
 * @param settings how it was set up
 */
public record VaultSite(VaultHost host, UUID tenantId, String location, VaultSettings settings) {

  /** The first label of the host. */
  public String name() {
    return host.hostName().substring(0, host.hostName().indexOf('.'));
  }

  /** What its part of the state is called; a vault and a Managed HSM can have the same name. */
  public String stateName() {
    return switch (kind()) {
      case VAULT -> name();
      case MANAGED_HSM -> name() + "-managed-hsm";
    };
  }

  /** The base address, without a slash at its end. */
  public String url() {
    return "https://" + host.hostName();
  }

  /** Which of the two services it is. */
  public VaultKind kind() {
    return host.kind();
  }

  /** Whether it is a Managed HSM. */
  public boolean isManagedHsm() {
    return kind() == VaultKind.MANAGED_HSM;
  }
}
