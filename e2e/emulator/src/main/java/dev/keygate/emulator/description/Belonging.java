package dev.keygate.emulator.description;

import dev.keygate.emulator.entra.Cloud;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What belongs to whom: a vault and those whom it permits something, a machine and its identities,
 * are of one tenant; where they are is in their tenant's cloud.
 */
final class Belonging {

  private final Map<UUID, TenantDescription> tenants;
  private final Map<String, PrincipalDescription> principals;

  Belonging(List<TenantDescription> tenants, List<PrincipalDescription> principals) {
    this.tenants =
        tenants.stream().collect(Collectors.toMap(TenantDescription::id, Function.identity()));
    this.principals =
        principals.stream()
            .collect(Collectors.toMap(PrincipalDescription::name, Function.identity()));
  }

  void requireCloudOf(String authority) {
    if (tenants.values().stream().noneMatch(tenant -> isProviderOf(tenant.cloud(), authority))) {
      throw new IllegalArgumentException(
          "authorities: a host under "
              + tenants.values().stream().map(one -> one.cloud().attestationSuffix()).toList()
              + ", not '"
              + authority
              + "'");
    }
  }

  private static boolean isProviderOf(Cloud cloud, String authority) {
    return authority.matches(
        "[a-z0-9-]{1,60}(\\.[a-z0-9]{1,10})?\\." + Pattern.quote(cloud.attestationSuffix()));
  }

  void require(PrincipalDescription principal) {
    tenant("principals", principal.tenant());
  }

  void require(VaultDescription vault) {
    TenantDescription owner = tenant("vaults", vault.settings().tenant());
    requireCloud("vaults", owner, vault.settings().location());
    vault.permissions().forEach(one -> requireOf("vaults", owner.id(), one.principal()));
  }

  void require(MachineEntry machine) {
    List<PrincipalDescription> identities =
        machine.identities().stream().map(name -> principal("machines", name)).toList();
    for (PrincipalDescription identity : identities) {
      requireOf("machines", identities.getFirst().tenant(), identity.name());
      requireCloud("machines", tenant("machines", identity.tenant()), machine.location());
    }
  }

  private void requireOf(String member, UUID tenant, String principal) {
    if (!principal(member, principal).tenant().equals(tenant)) {
      throw new IllegalArgumentException(
          member + ": principal '" + principal + "' is not of the tenant " + tenant);
    }
  }

  private static void requireCloud(String member, TenantDescription tenant, String location) {
    if (Cloud.ofLocation(location) != tenant.cloud()) {
      throw new IllegalArgumentException(
          member
              + ": location "
              + location
              + " is in another cloud than its tenant "
              + tenant.id());
    }
  }

  private TenantDescription tenant(String member, UUID id) {
    TenantDescription tenant = tenants.get(id);
    if (tenant == null) {
      throw new IllegalArgumentException(member + ": there is no tenant " + id);
    }
    return tenant;
  }

  private PrincipalDescription principal(String member, String name) {
    PrincipalDescription principal = principals.get(name);
    if (principal == null) {
      throw new IllegalArgumentException(member + ": there is no principal '" + name + "'");
    }
    return principal;
  }
}
