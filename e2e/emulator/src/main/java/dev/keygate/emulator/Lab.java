package dev.keygate.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.admin.Admin;
import dev.keygate.emulator.admin.LabControl;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.PrincipalDescription;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.emulator.maa.Verifier;
import dev.keygate.emulator.net.ConnectProxy;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.PlainHttp;
import dev.keygate.emulator.oidc.DiscoveredKeys;
import dev.keygate.emulator.oidc.TrustedHttp;
import dev.keygate.emulator.platform.Hardware;
import dev.keygate.emulator.state.FolderState;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.testing.SoftwareAmd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A running lab: Azure's services behind one proxy, and confidential virtual machines. Everything
 * listens on 127.0.0.1 and ends with {@link #close}. Safe for use by several threads.
 */
public final class Lab implements LabControl, AutoCloseable {

  private final LabDescription description;
  private final LabFolder folder;
  private final DecisionLog log = new DecisionLog();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ConnectProxy proxy;
  private final LabServices services;
  private final LabMachines machines;
  private final PlainHttp admin;

  /**
   * Starts a lab and writes its lab.json when everything answers.
   *
   * @throws IOException if the folder cannot be written or a port is taken
   */
  public static Lab start(LabDescription description, LabSetup setup) throws IOException {
    return new Lab(description, setup);
  }

  private Lab(LabDescription description, LabSetup setup) throws IOException {
    this.description = description;
    this.folder = opened(new LabFolder(setup.folder()));
    boolean started = false;
    try {
      FolderState state = FolderState.open(folder.state());
      KeyRing ring = new KeyRing(state, setup.random());
      SoftwareAmd vendor = LabVendor.open(folder, setup);
      ring.prepare(LabServices.keyNames(description));
      LabCertificates certificates = new LabCertificates(ring, setup.random(), setup.time());
      this.proxy = opened(ConnectProxy.bind(setup.proxyPort()));
      DiscoveredKeys issuers = opened(discovery(certificates, setup));
      LabServices.Ground ground = new LabServices.Ground(state, ring, certificates, issuers);
      this.services = opened(new LabServices(description, setup, ground, log));
      Hardware hardware = new Hardware(vendor, setup.random(), setup.time());
      this.machines = opened(LabMachines.boot(description, hardware, services, folder));
      PinnedRoots roots = PinnedRoots.amd().plus(vendor.arkDigest());
      services.addAuthorities(
          description,
          ground,
          new Verifier(roots, LabVendor.PARAVISORS, log, setup.time(), setup.random()));
      proxy.serve(services.sites());
      this.admin = opened(PlainHttp.serve(setup.adminPort(), new Admin(this)));
      folder.writeTrust(certificates.rootPem(), vendor.arkPem());
      folder.writeEndpoints(endpoints());
      started = true;
    } finally {
      if (!started) {
        closeAll();
      }
    }
  }

  private DiscoveredKeys discovery(LabCertificates certificates, LabSetup setup) {
    try {
      return new DiscoveredKeys(
          TrustedHttp.through(proxy.address(), certificates.rootPem()), setup.time());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the lab's own root is no certificate", e);
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
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
    return "https://" + name + ".vault.azure.net";
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
    return description.principals().stream()
        .filter(principal -> principal.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("principal: there is no '" + name + "'"));
  }

  @Override
  public void register(FederatedCredential credential) {
    services.directory().register(credential);
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
  public List<Decision> decisions() {
    return log.all();
  }

  @Override
  public JsonNode endpoints() {
    return LabEndpoints.of(this);
  }

  /** Ends everything; keys stay in the folder. */
  @Override
  public void close() {
    closeAll();
  }

  private void closeAll() {
    RuntimeException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // AutoCloseable declares Exception; whatever one part throws, the others are still closed.
        first = first == null ? new IllegalStateException("a part did not close", e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
