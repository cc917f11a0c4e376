package dev.keygate.emulator;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.VaultDescription;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Cloud;
import dev.keygate.emulator.fault.VaultHosts;
import dev.keygate.emulator.keyvault.access.KeyPermission;
import dev.keygate.emulator.keyvault.access.Role;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.endpoint.VaultKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a description's vaults to those that run. */
final class LabVaults {

  private static final String VAULT_KEY = "tls-vault";
  private static final String MANAGED_HSM_KEY = "tls-managed-hsm";

  private LabVaults() {}

  /** The keys that the vaults' certificates need. */
  static List<String> keyNames(LabDescription description) {
    List<String> names = new ArrayList<>(List.of(VAULT_KEY));
    if (description.vaults().stream()
        .anyMatch(vault -> vault.settings().kind() == VaultKind.MANAGED_HSM)) {
      names.add(MANAGED_HSM_KEY);
    }
    return names;
  }

  static VaultSite site(VaultDescription vault) {
    Cloud cloud = Cloud.ofLocation(vault.settings().location());
    Audience keys = Audience.keysOf(cloud, vault.settings().kind());
    return new VaultSite(
        new VaultHost(vault.name() + "." + keys.hostSuffix()),
        vault.settings().tenant(),
        vault.settings().location(),
        vault.settings().settings());
  }

  /** Where a description's vaults answer. */
  static VaultHosts hosts(LabDescription description) {
    return name ->
        description.vaults().stream()
            .filter(vault -> vault.name().equals(name))
            .map(vault -> site(vault).host().hostName())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("vault: there is no '" + name + "'"));
  }

  /** The key of a vault's certificate: all vaults share one, each Managed HSM has its own names. */
  static String keyName(VaultSite site) {
    return switch (site.kind()) {
      case VAULT -> VAULT_KEY;
      case MANAGED_HSM -> MANAGED_HSM_KEY;
    };
  }

  /** The names in a vault's certificate. */
  static List<String> certified(VaultSite site) {
    String host = site.host().hostName();
    return switch (site.kind()) {
      case VAULT -> {
        String suffix = Audience.of(site.host()).hostSuffix();
        yield List.of(suffix, "*." + suffix, "*." + suffix.replaceFirst("vault", "vaultcore"));
      }
      case MANAGED_HSM -> List.of("*." + host, host);
    };
  }

  /**
   * What names of permissions and roles stand for.
   *
   * @throws IllegalArgumentException if the vault does not know one of them
   */
  static Set<KeyPermission> permissions(VaultSite site, Set<String> names) {
    EnumSet<KeyPermission> all = EnumSet.noneOf(KeyPermission.class);
    for (String name : names) {
      Optional<Role> role = Role.find(name).filter(one -> one.kind() == site.kind());
      Optional<KeyPermission> permission = KeyPermission.find(name);
      if (role.isEmpty() && permission.isEmpty()) {
        throw new IllegalArgumentException(
            "keys: " + site.name() + " knows no permission and no role '" + name + "'");
      }
      role.ifPresent(one -> all.addAll(one.permissions()));
      permission.ifPresent(all::add);
    }
    return all;
  }
}
