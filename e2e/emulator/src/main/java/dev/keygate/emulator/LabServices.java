package dev.keygate.emulator;

import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.PermissionDescription;
import dev.keygate.emulator.description.PrincipalDescription;
import dev.keygate.emulator.description.VaultDescription;
import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.Directory;
import dev.keygate.emulator.entra.Entra;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.Faults;
import dev.keygate.emulator.fault.FaultyService;
import dev.keygate.emulator.keyvault.Vault;
import dev.keygate.emulator.keyvault.change.BackupSeal;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.maa.Maa;
import dev.keygate.emulator.maa.Verifier;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.Sites;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.emulator.oidc.DiscoveredKeys;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.LabState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The Azure services of a lab and the hosts they answer at. */
final class LabServices implements AutoCloseable {

  private static final String LOGIN_KEY = "tls-login";
  private static final String ATTESTATION_KEY = "tls-attestation";
  private static final String TOKEN_KEY = "entra-signing";

  private final Sites sites = new Sites();
  private final Faults faults;
  private final Map<String, ServicePrincipal> principals = new HashMap<>();
  private final Map<String, Vault> vaults = new TreeMap<>();
  private final Directory directory;
  private final AccessTokenIssuer tokens;
  private final Entra entra;

  /** What the services share. */
  record Ground(
      LabState state, KeyRing ring, LabCertificates certificates, DiscoveredKeys issuers) {}

  static List<String> keyNames(LabDescription description) {
    List<String> names = new ArrayList<>(LabCertificates.KEYS);
    names.addAll(List.of(LOGIN_KEY, ATTESTATION_KEY, TOKEN_KEY));
    names.addAll(LabVaults.keyNames(description));
    description.authorities().forEach(host -> names.addAll(Verifier.keyNames(host)));
    return names;
  }

  LabServices(LabDescription description, LabSetup setup, Ground ground, DecisionLog log) {
    faults = new Faults(setup.time());
    for (PrincipalDescription one : description.principals()) {
      principals.put(one.name(), new ServicePrincipal(one.name(), one.clientId(), one.objectId()));
    }
    directory = new Directory(description.tenant(), List.copyOf(principals.values()));
    TlsIdentity signer = ground.certificates().issue(TOKEN_KEY, List.of("accounts.accesscontrol"));
    tokens = new AccessTokenIssuer(description.tenant(), signer, setup.time());
    entra = new Entra(directory, tokens, setup.time());
    List<String> logins = List.of(Entra.HOST, "login.windows.net");
    TlsIdentity login = ground.certificates().issue(LOGIN_KEY, logins);
    logins.forEach(host -> serve(host, login, entra));
    addVaults(description, setup, ground, log);
  }

  private void addVaults(
      LabDescription description, LabSetup setup, Ground ground, DecisionLog log) {
    Vault.Shared shared =
        new Vault.Shared(
            new KeyRelease.Lab(ground.issuers(), setup.time(), setup.random()),
            log,
            BackupSeal.open(ground.state(), setup.random()));
    for (VaultDescription one : description.vaults()) {
      VaultSite site = LabVaults.site(one, description);
      TlsIdentity identity = LabVaults.identity(site, ground.certificates());
      Vault vault =
          new Vault(site, KeyCatalog.open(ground.state(), site.stateName()), identity, shared);
      vaults.put(one.name(), vault);
      serve(site.host().hostName(), identity, vault);
      for (PermissionDescription permission : one.permissions()) {
        vault
            .permissions()
            .establish(
                principal(permission.principal()).objectId(),
                LabVaults.permissions(site, Set.copyOf(permission.keys())));
      }
    }
  }

  void addAuthorities(LabDescription description, Ground ground, Verifier verifier) {
    if (description.authorities().isEmpty()) {
      return;
    }
    TlsIdentity identity = ground.certificates().issue(ATTESTATION_KEY, description.authorities());
    for (String host : description.authorities()) {
      Maa provider = verifier.provider(host, ground.ring());
      serve(host, identity, provider);
    }
  }

  private void serve(String host, TlsIdentity identity, HttpService service) {
    sites.add(host, identity, new FaultyService(host, service, faults));
  }

  void inject(Fault fault) {
    String host = fault.route().host();
    if (!sites.hosts().contains(host)) {
      throw new IllegalArgumentException(
          "the lab has no host " + host + "; it has " + sites.hosts());
    }
    faults.inject(fault);
  }

  void clearFaults() {
    faults.clear();
  }

  String rotate(String vaultName, String key) {
    try {
      return vault(vaultName).rotate(key);
    } catch (VaultRefusedException e) {
      throw new IllegalArgumentException("key: " + e.text(), e);
    }
  }

  Sites sites() {
    return sites;
  }

  Directory directory() {
    return directory;
  }

  AccessTokenIssuer tokens() {
    return tokens;
  }

  Map<String, Vault> vaults() {
    return vaults;
  }

  ServicePrincipal principal(String name) {
    ServicePrincipal principal = principals.get(name);
    if (principal == null) {
      throw new IllegalArgumentException("principal: there is no '" + name + "'");
    }
    return principal;
  }

  void assign(String vaultName, String principal, Set<String> permissions) {
    Vault vault = vault(vaultName);
    vault
        .permissions()
        .assign(principal(principal).objectId(), LabVaults.permissions(vault.site(), permissions));
  }

  private Vault vault(String name) {
    Vault vault = vaults.get(name);
    if (vault == null) {
      throw new IllegalArgumentException("vault: there is no '" + name + "'");
    }
    return vault;
  }

  @Override
  public void close() {
    entra.close();
  }
}
