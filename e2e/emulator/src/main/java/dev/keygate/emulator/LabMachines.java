package dev.keygate.emulator;

import dev.keygate.emulator.admin.MachineControl;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.MachineEntry;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.imds.Imds;
import dev.keygate.emulator.imds.MachineIdentities;
import dev.keygate.emulator.imds.MetadataBudget;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.PlainHttp;
import dev.keygate.emulator.platform.AmdCertification;
import dev.keygate.emulator.platform.CollateralAge;
import dev.keygate.emulator.platform.ConfidentialVm;
import dev.keygate.emulator.platform.DebugMode;
import dev.keygate.emulator.platform.Hardware;
import dev.keygate.emulator.platform.MachineDefects;
import dev.keygate.emulator.platform.MachineDescription;
import dev.keygate.emulator.platform.MachineDescription.LaunchModes;
import dev.keygate.emulator.platform.MachineFolder;
import dev.keygate.emulator.platform.PlatformDefect;
import dev.keygate.emulator.platform.SecureBootMode;
import dev.keygate.emulator.platform.vtpm.TpmFault;
import dev.keygate.emulator.thim.AmdCollateral;
import dev.keygate.emulator.thim.ThimCache;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.TcbVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** The lab's running machines and the metadata service of each. */
final class LabMachines implements MachineControl, ThimCache.ChipEndorsements, AutoCloseable {

  private static final Bytes EXTENSION = Bytes.ofUtf8("extended by the lab").sha256();

  private final Map<String, LabMachine> running = new LinkedHashMap<>();
  private final Map<String, ConfidentialVm> machines = new ConcurrentHashMap<>();
  private final Map<String, MetadataBudget> budgets = new HashMap<>();
  private final Deque<PlainHttp> metadata = new ArrayDeque<>();
  private final LabServices services;
  private final Site site;

  private LabMachines(LabServices services, Site site) {
    this.services = services;
    this.site = site;
  }

  /** Where machines are put up. */
  record Site(Hardware hardware, LabFolder folder, LabRoots roots, LabListening listening) {}

  static LabMachines boot(LabDescription description, Site site, LabServices services)
      throws IOException {
    LabMachines machines = new LabMachines(services, site);
    boolean booted = false;
    try {
      for (MachineEntry entry : description.machines()) {
        machines.boot(entry);
      }
      booted = true;
      return machines;
    } finally {
      if (!booted) {
        machines.close();
      }
    }
  }

  private void boot(MachineEntry entry) throws IOException {
    MachineDescription machine =
        withCondition(
            MachineDescription.named(entry.name())
                .withVmId(entry.vmId())
                .inRegion(entry.location()),
            entry.condition());
    MachineFolder folder = site.folder().machine(entry.name());
    ConfidentialVm vm = ConfidentialVm.boot(machine, site.hardware(), folder);
    machines.put(entry.name(), vm);
    site.roots().writeTo(folder.guest().resolve("trust"));
    MetadataBudget budget = new MetadataBudget(imds(entry), site.hardware().time());
    budgets.put(entry.name(), budget);
    PlainHttp imds =
        PlainHttp.serve(
            site.listening().metadataOf(entry.name()),
            services.faulty(metadataHost(entry.name()), budget));
    metadata.push(imds);
    running.put(
        entry.name(),
        new LabMachine(
            entry.name(), entry.vmId(), folder.guest(), vm.tpmSocket(), vm.eventLog(), imds.url()));
  }

  /** How faults call the metadata service of a machine, which has no host name of its own. */
  static String metadataHost(String machine) {
    return "imds." + machine;
  }

  private static MachineDescription withCondition(
      MachineDescription machine, MachineEntry.Condition condition) {
    return switch (condition) {
      case HEALTHY -> machine;
      case DEBUG_ALLOWED ->
          machine.started(new LaunchModes(DebugMode.ENABLED, SecureBootMode.ENABLED));
      case SECURE_BOOT_OFF ->
          machine.started(new LaunchModes(DebugMode.DISABLED, SecureBootMode.DISABLED));
      case EVENT_LOG_INCOMPLETE ->
          machine.withDefects(MachineDefects.of(PlatformDefect.EVENT_LOG_INCOMPLETE));
      case STALE_COLLATERAL ->
          machine.withDefects(MachineDefects.of(PlatformDefect.STALE_COLLATERAL));
      case NEWER_COLLATERAL ->
          machine.withDefects(MachineDefects.of(PlatformDefect.NEWER_COLLATERAL));
    };
  }

  private Imds imds(MachineEntry entry) {
    LabTenants tenants = services.tenants();
    List<ServicePrincipal> assigned = entry.identities().stream().map(tenants::principal).toList();
    return new Imds(
        new Imds.Instance(entry.vmId(), entry.location()),
        new MachineIdentities(assigned.stream().findFirst(), assigned),
        tenants.tokensOf(entry.identities()),
        new Host(entry.name()));
  }

  /** The agent on the host of a machine, which outlives the machine's reboots. */
  private final class Host implements Imds.HostAgent {

    private final String machine;

    Host(String machine) {
      this.machine = machine;
    }

    @Override
    public AmdCollateral amdCollateral() {
      AmdCertification served = vm(machine).amdCertification();
      return new AmdCollateral(served.vcekPem(), served.tcbm(), served.certificateChainPem());
    }

    @Override
    public Optional<HttpResponse> intel(String path, HttpRequest request) {
      return services.intel().answer(path, request);
    }
  }

  List<LabMachine> running() {
    return List.copyOf(running.values());
  }

  void extendPcr(String machine, int pcr) {
    if (pcr < 0 || pcr > 23) {
      throw new IllegalArgumentException("pcr: a number from 0 to 23");
    }
    vm(machine).extendPcr(pcr, EXTENSION);
  }

  @Override
  public synchronized void reboot(String machine) {
    ConfidentialVm before = vm(machine);
    try {
      before.close();
      ConfidentialVm after =
          ConfidentialVm.boot(
              before.description(), site.hardware(), site.folder().machine(machine));
      machines.put(machine, after);
    } catch (IOException e) {
      throw new UncheckedIOException("the machine " + machine + " does not boot", e);
    }
  }

  @Override
  public void inject(String machine, TpmFault fault) {
    vm(machine).inject(fault);
  }

  @Override
  public void clearFaults(String machine) {
    vm(machine).clearFaults();
  }

  @Override
  public void serveCollateral(String machine, CollateralAge age) {
    vm(machine).serveCollateral(age);
  }

  @Override
  public void limitMetadata(String machine, OptionalInt requestsPerSecond) {
    MetadataBudget budget = budgets.get(machine);
    if (budget == null) {
      throw new IllegalArgumentException("machine: there is no '" + machine + "'");
    }
    budget.limit(requestsPerSecond);
  }

  @Override
  public Optional<String> chainPem(Bytes chipId, TcbVersion tcb) {
    return machines.values().stream()
        .flatMap(vm -> vm.endorsementPem(chipId, tcb).stream())
        .findFirst();
  }

  private ConfidentialVm vm(String machine) {
    ConfidentialVm vm = machines.get(machine);
    if (vm == null) {
      throw new IllegalArgumentException("machine: there is no '" + machine + "'");
    }
    return vm;
  }

  @Override
  public void close() throws IOException {
    while (!metadata.isEmpty()) {
      metadata.pop().close();
    }
    for (ConfidentialVm vm : machines.values()) {
      vm.close();
    }
  }
}
