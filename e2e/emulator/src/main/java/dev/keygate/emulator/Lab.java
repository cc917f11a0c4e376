package dev.keygate.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.admin.Admin;
import dev.keygate.emulator.admin.AuthorityControl;
import dev.keygate.emulator.admin.LabControl;
import dev.keygate.emulator.admin.MachineControl;
import dev.keygate.emulator.admin.SwitchControl;
import dev.keygate.emulator.clock.LabClock;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.PrincipalDescription;
import dev.keygate.emulator.description.TenantDescription;
import dev.keygate.emulator.entra.AccessTokenVerifier;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Cloud;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultCount;
import dev.keygate.emulator.fault.LatencyProfile;
import dev.keygate.emulator.fault.VaultHosts;
import dev.keygate.emulator.maa.TrustedHardware;
import dev.keygate.emulator.maa.Verifier;
import dev.keygate.emulator.maa.token.SigningCertificates;
import dev.keygate.emulator.net.ConnectProxy;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.PlainHttp;
import dev.keygate.emulator.oidc.DiscoveredKeys;
import dev.keygate.emulator.oidc.TrustedHttp;
import dev.keygate.emulator.platform.Hardware;
import dev.keygate.emulator.state.FolderState;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.thim.IntelPlatform;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareIntel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A running lab: Azure's services behind one proxy, and confidential virtual machines. Everything
 * listens where {@link LabListening} says and ends with {@link #close}. Safe for use by several
 * threads.
 */
public final class Lab implements LabControl, AutoCloseable {

  private final LabDescription description;
  private final LabFolder folder;
  private final LabClock clock;
  private final DecisionLog log = new DecisionLog();
  private final OpenParts open;
  private final ConnectProxy proxy;
  private final LabServices services;
  private final LabSwitches switches = new LabSwitches();
  private final LabMachines machines;
  private final LabAuthorities authorities;
  private final PlainHttp admin;

  /**
   * Starts a lab and writes its lab.json when everything answers.
   *
   * @throws IOException if the folder cannot be written or a port is taken
   * @throws IllegalArgumentException if the setup names a machine that the description has not
   */
  public static Lab start(LabDescription description, LabSetup setup) throws IOException {
    setup.listening().requireMachinesOf(description);
    OpenParts open = new OpenParts();
    boolean started = false;
    try {
      Lab lab = new Lab(description, setup, open);
      lab.folder.writeEndpoints(lab.endpoints());
      started = true;
      return lab;
    } finally {
      if (!started) {
        open.close();
      }
    }
  }

  private Lab(LabDescription description, LabSetup asked, OpenParts open) throws IOException {
    this.clock = new LabClock(asked.time());
    LabSetup setup = asked.onClock(clock);
    this.description = description;
    this.open = open;
    this.folder = open.add(new LabFolder(setup.folder()));
    FolderState state = FolderState.open(folder.state());
    KeyRing ring = new KeyRing(state, setup.random());
    SoftwareAmd vendor = LabVendor.open(folder, setup);
    ring.prepare(LabServices.keyNames(description));
    LabCertificates certificates = new LabCertificates(ring, setup.random(), setup.time());
    this.proxy = open.add(ConnectProxy.bind(setup.listening().proxy()));
    DiscoveredKeys issuers = open.add(discovery(certificates, setup));
    SoftwareIntel intel = LabVendor.intel(setup);
    IntelPlatform platform = new IntelPlatform(intel, SgxPlatform.EMERALD, setup.time());
    LabServices.Ground ground =
        new LabServices.Ground(state, certificates, issuers, platform, switches);
    this.services = open.add(new LabServices(description, setup, ground, log));
    SigningCertificates signing = new SigningCertificates(ring, vendor, setup.time().now());
    TrustedHardware trusted = hardware(vendor, intel);
    this.authorities =
        services.addAuthorities(
            description, signing, cloud -> verifier(cloud, trusted, issuers, setup));
    Hardware hardware = new Hardware(vendor, setup.random(), setup.time());
    LabRoots roots = new LabRoots(certificates.rootPem(), vendor.arkPem());
    roots.writeTo(folder.trust());
    LabMachines.Site site = new LabMachines.Site(hardware, folder, roots, setup.listening());
    this.machines = open.add(LabMachines.boot(description, site, services));
    services.addCaches(description, machines);
    proxy.serve(services.sites());
    this.admin = open.add(PlainHttp.serve(setup.listening().admin(), new Admin(this)));
  }

  private static TrustedHardware hardware(SoftwareAmd amd, SoftwareIntel intel) {
    return new TrustedHardware(
        PinnedRoots.amd().plus(amd.arkDigest()),
        PinnedRoots.intel().plus(intel.rootDigest()),
        LabVendor.MEASUREMENTS);
  }

  // A provider's tenant is the first of its cloud: no description says whose it is.
  private Verifier verifier(
      Cloud cloud, TrustedHardware hardware, DiscoveredKeys issuers, LabSetup setup) {
    UUID tenant =
        description.allTenants().stream()
            .filter(one -> one.cloud() == cloud)
            .map(TenantDescription::id)
            .findFirst()
            .orElse(description.tenant());
    AccessTokenVerifier callers =
        new AccessTokenVerifier(tenant, Audience.attestationOf(cloud), issuers, setup.time());
    return new Verifier(hardware, switches::maa, callers, log, setup.time(), setup.random());
  }

  private DiscoveredKeys discovery(LabCertificates certificates, LabSetup setup) {
    try {
      return new DiscoveredKeys(
          TrustedHttp.through(proxy.address(), certificates.rootPem()), setup.time());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the lab's own root is no certificate", e);
    }
  }

  /** What it was started from. */
  public LabDescription description() {
    return description;
  }

  /** The CONNECT proxy that leads to all of the lab's hosts. */
  public InetSocketAddress proxyAddress() {
    return proxy.address();
  }

  /** The folder with tls-root.pem and amd-root.pem. */
  public Path trustFolder() {
    return folder.trust();
  }

  /** The admin endpoint, without a slash at its end. */
  public String adminUrl() {
    return admin.url();
  }

  /** The machines in the order of the description. */
  public List<LabMachine> machines() {
    return machines.running();
  }

  /**
   * A machine.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public LabMachine machine(String name) {
    return machines.running().stream()
        .filter(machine -> machine.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("machine: there is no '" + name + "'"));
  }

  /**
   * A vault's base address, without a slash at its end.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public String vaultUrl(String name) {
    if (!services.vaults().containsKey(name)) {
      throw new IllegalArgumentException("vault: there is no '" + name + "'");
    }
    return services.vaults().get(name).site().url();
  }

  /** The attestation providers' addresses, without a slash at their end. */
  public List<String> authorities() {
    return description.authorities().stream().map(host -> "https://" + host).toList();
  }

  /**
   * A principal.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public PrincipalDescription principal(String name) {
    return services.tenants().described(name);
  }

  @Override
  public void register(FederatedCredential credential) {
    services.tenants().register(credential);
  }

  @Override
  public void assign(String vault, String principal, Set<String> permissions) {
    services.assign(vault, principal, permissions);
  }

  @Override
  public void extendPcr(String machine, int pcr) {
    machines.extendPcr(machine, pcr);
  }

  @Override
  public SwitchControl switchControl() {
    return switches;
  }

  @Override
  public MachineControl machineControl() {
    return machines;
  }

  @Override
  public AuthorityControl authorityControl() {
    return authorities;
  }

  @Override
  public String rotate(String vault, String key) {
    return services.rotate(vault, key);
  }

  @Override
  public String vaultToken(String principal) {
    return services.tenants().vaultToken(principal);
  }

  @Override
  public String token(String principal, String resource) {
    return services.tenants().token(principal, resource);
  }

  @Override
  public VaultHosts vaultHosts() {
    return LabVaults.hosts(description);
  }

  @Override
  public void inject(Fault fault) {
    services.inject(fault);
  }

  @Override
  public List<FaultCount> faults() {
    return services.faults();
  }

  @Override
  public void clearFaults() {
    services.clearFaults();
  }

  @Override
  public void setLatency(LatencyProfile profile) {
    services.latency().set(profile);
  }

  @Override
  public LabClock clock() {
    return clock;
  }

  @Override
  public List<Decision> decisions() {
    return log.all();
  }

  @Override
  public JsonNode endpoints() {
    return LabEndpoints.of(this);
  }

  /** Ends everything; keys stay in the folder. */
  @Override
  public synchronized void close() {
    open.close();
  }
}
