package dev.keygate.emulator;

import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.PermissionDescription;
import dev.keygate.emulator.description.VaultDescription;
import dev.keygate.emulator.entra.Cloud;
import dev.keygate.emulator.entra.Entra;
import dev.keygate.emulator.entra.Tenant;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultCount;
import dev.keygate.emulator.fault.Faults;
import dev.keygate.emulator.fault.FaultyService;
import dev.keygate.emulator.fault.Latency;
import dev.keygate.emulator.keyvault.Vault;
import dev.keygate.emulator.keyvault.change.BackupSeal;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.maa.Maa;
import dev.keygate.emulator.maa.Verifier;
import dev.keygate.emulator.maa.token.SigningCertificates;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.Sites;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.emulator.oidc.DiscoveredKeys;
import dev.keygate.emulator.state.LabState;
import dev.keygate.emulator.thim.CollateralDates;
import dev.keygate.emulator.thim.IntelCollateral;
import dev.keygate.emulator.thim.IntelPlatform;
import dev.keygate.emulator.thim.PckFormat;
import dev.keygate.emulator.thim.ThimCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The Azure services of a lab and the hosts they answer at. */
final class LabServices implements AutoCloseable {

  private static final String LOGIN_KEY = "tls-login";
  private static final String ATTESTATION_KEY = "tls-attestation";
  private static final String CACHE_KEY = "tls-thim";

  private final Sites sites = new Sites();
  private final Set<String> hosts = new TreeSet<>();
  private final LabCertificates certificates;
  private final Faults faults;
  private final Latency latency;
  private final Map<String, Vault> vaults = new TreeMap<>();
  private final LabTenants tenants;
  private final Entra entra;
  private final IntelCollateral intel;

  /** What the services share. */
  record Ground(
      LabState state,
      LabCertificates certificates,
      DiscoveredKeys issuers,
      IntelPlatform intel,
      LabSwitches switches) {}

  static List<String> keyNames(LabDescription description) {
    List<String> names = new ArrayList<>(LabCertificates.KEYS);
    names.addAll(List.of(LOGIN_KEY, ATTESTATION_KEY, CACHE_KEY));
    names.addAll(LabTenants.keyNames(description));
    names.addAll(LabVaults.keyNames(description));
    description.authorities().forEach(host -> names.addAll(Verifier.keyNames(host)));
    return names;
  }

  LabServices(LabDescription description, LabSetup setup, Ground ground, DecisionLog log) {
    certificates = ground.certificates();
    faults = new Faults(setup.time());
    latency = new Latency(setup.random());
    intel =
        new IntelCollateral(
            ground.intel(),
            () -> ground.switches().get(PckFormat.class),
            () -> ground.switches().get(CollateralDates.class));
    tenants = new LabTenants(description, certificates, setup.time());
    entra = tenants.login(() -> ground.switches().get(Tenant.MismatchCodes.class));
    List<String> logins =
        Arrays.stream(Cloud.values()).flatMap(one -> one.loginHosts().stream()).toList();
    HostFamily login = family(LOGIN_KEY, logins);
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
      VaultSite site = LabVaults.site(one);
      HostFamily family = family(LabVaults.keyName(site), LabVaults.certified(site));
      Vault vault =
          new Vault(
              site, KeyCatalog.open(ground.state(), site.stateName()), family.identity(), shared);
      vaults.put(one.name(), vault);
      serve(site.host().hostName(), family, vault);
      for (PermissionDescription permission : one.permissions()) {
        vault
            .permissions()
            .establish(
                tenants.principal(permission.principal()).objectId(),
                LabVaults.permissions(site, Set.copyOf(permission.keys())));
      }
    }
  }

  LabAuthorities addAuthorities(
      LabDescription description,
      SigningCertificates signing,
      Function<Cloud, Verifier> verifiers) {
    Map<String, Maa> providers = new HashMap<>();
    if (description.authorities().isEmpty()) {
      return new LabAuthorities(providers);
    }
    HostFamily family = family(ATTESTATION_KEY, description.authorities());
    for (String host : description.authorities()) {
      Maa provider = verifiers.apply(Cloud.ofAttestationHost(host)).provider(host, signing);
      providers.put(host, provider);
      serve(host, family, provider);
    }
    return new LabAuthorities(providers);
  }

  /** THIM's caches, which know the chips of the lab's machines. */
  void addCaches(LabDescription description, ThimCache.ChipEndorsements chips) {
    Set<String> caches = new TreeSet<>(Set.of(ThimCache.GLOBAL_HOST));
    description.allTenants().forEach(one -> caches.add(ThimCache.hostIn(one.location())));
    description.machines().forEach(one -> caches.add(ThimCache.hostIn(one.location())));
    HostFamily family = family(CACHE_KEY, List.copyOf(caches));
    ThimCache cache = new ThimCache(chips, intel);
    caches.forEach(host -> serve(host, family, cache));
  }

  /** What is known of the lab's Intel platform. */
  IntelCollateral intel() {
    return intel;
  }

  /** Hosts with one certificate. */
  private record HostFamily(String key, List<String> names, TlsIdentity identity) {}

  private HostFamily family(String key, List<String> names) {
    return new HostFamily(key, names, certificates.issue(key, names));
  }

  private void serve(String host, HostFamily family, HttpService service) {
    sites.add(host, family.identity(), () -> shown(host, family), faulty(host, service));
  }

  private TlsIdentity shown(String host, HostFamily family) {
    return faults.expireCertificate(host)
        ? certificates.issueExpired(family.key(), family.names())
        : family.identity();
  }

  /**
   * A service behind the lab's faults.
   *
   * @param host what faults call it
   */
  HttpService faulty(String host, HttpService service) {
    hosts.add(host);
    return new FaultyService(host, service, faults, latency);
  }

  void inject(Fault fault) {
    String host = fault.route().host();
    if (!hosts.contains(host)) {
      throw new IllegalArgumentException("the lab has no host " + host + "; it has " + hosts);
    }
    faults.inject(fault);
  }

  Latency latency() {
    return latency;
  }

  List<FaultCount> faults() {
    return faults.counts();
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

  LabTenants tenants() {
    return tenants;
  }

  Map<String, Vault> vaults() {
    return vaults;
  }

  void assign(String vaultName, String principal, Set<String> permissions) {
    Vault vault = vault(vaultName);
    vault
        .permissions()
        .assign(
            tenants.principal(principal).objectId(),
            LabVaults.permissions(vault.site(), permissions));
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
