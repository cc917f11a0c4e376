package dev.keygate.emulator;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.PrincipalDescription;
import dev.keygate.emulator.description.TenantDescription;
import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Directory;
import dev.keygate.emulator.entra.Entra;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.entra.Tenant;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.endpoint.VaultKind;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The lab's tenants: who is in them, what signs their tokens. */
final class LabTenants {

  private static final String SIGNING_KEY = "entra-signing";
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  private final Map<UUID, Parts> tenants = new LinkedHashMap<>();
  private final LabDescription description;
  private final TimeSource time;

  private record Parts(
      TenantDescription described, Directory directory, AccessTokenIssuer tokens) {}

  /** The keys that sign tokens. */
  static List<String> keyNames(LabDescription description) {
    return description.allTenants().stream().map(one -> keyName(one, description)).toList();
  }

  // The lab's own tenant has the name that folders had before there were others.
  private static String keyName(TenantDescription tenant, LabDescription description) {
    return tenant.id().equals(description.tenant()) ? SIGNING_KEY : SIGNING_KEY + "-" + tenant.id();
  }

  LabTenants(LabDescription description, LabCertificates certificates, TimeSource time) {
    this.description = description;
    this.time = time;
    for (TenantDescription one : description.allTenants()) {
      List<ServicePrincipal> members =
          description.principals().stream()
              .filter(principal -> principal.tenant().equals(one.id()))
              .map(LabTenants::principal)
              .toList();
      AccessTokenIssuer tokens =
          new AccessTokenIssuer(
              one.id(),
              certificates.issue(keyName(one, description), List.of("accounts.accesscontrol")),
              time);
      tenants.put(one.id(), new Parts(one, new Directory(one.id(), members), tokens));
    }
  }

  private static ServicePrincipal principal(PrincipalDescription one) {
    return new ServicePrincipal(one.name(), one.clientId(), one.objectId());
  }

  Entra login(Supplier<Tenant.MismatchCodes> codes) {
    List<Tenant> all = new ArrayList<>();
    for (Parts one : tenants.values()) {
      Tenant tenant = new Tenant(one.described().cloud(), one.directory(), one.tokens(), time);
      all.add(tenant.telling(codes));
    }
    return new Entra(all, time);
  }

  ServicePrincipal principal(String name) {
    return principal(described(name));
  }

  PrincipalDescription described(String name) {
    return description.principals().stream()
        .filter(principal -> principal.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("principal: there is no '" + name + "'"));
  }

  void register(FederatedCredential credential) {
    parts(
            description.principals().stream()
                .filter(principal -> principal.clientId().equals(credential.clientId()))
                .map(PrincipalDescription::tenant)
                .findFirst()
                .orElse(description.tenant()))
        .directory()
        .register(credential);
  }

  /** What signs the tokens of identities; the lab's own tenant's where there are none. */
  AccessTokenIssuer tokensOf(List<String> identities) {
    UUID tenant =
        identities.stream()
            .findFirst()
            .map(name -> described(name).tenant())
            .orElse(description.tenant());
    return parts(tenant).tokens();
  }

  String vaultToken(String principal) {
    TenantDescription tenant = parts(described(principal).tenant()).described();
    return token(principal, Audience.keysOf(tenant.cloud(), VaultKind.VAULT));
  }

  String token(String principal, String resource) {
    TenantDescription tenant = parts(described(principal).tenant()).described();
    return token(
        principal,
        Audience.find(tenant.cloud(), resource)
            .orElseThrow(
                () -> new IllegalArgumentException("resource: there is no '" + resource + "'")));
  }

  private String token(String name, Audience audience) {
    return tokensOf(List.of(name)).issue(principal(name), audience, TOKEN_LIFETIME).text();
  }

  private Parts parts(UUID tenant) {
    Parts parts = tenants.get(tenant);
    if (parts == null) {
      throw new IllegalStateException("no tenant of the description: " + tenant);
    }
    return parts;
  }
}
