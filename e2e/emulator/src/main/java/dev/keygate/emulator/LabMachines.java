package dev.keygate.emulator;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.MachineEntry;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.imds.Imds;
import dev.keygate.emulator.imds.MachineIdentities;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.net.PlainHttp;
import dev.keygate.emulator.platform.AmdCertification;
import dev.keygate.emulator.platform.ConfidentialVm;
import dev.keygate.emulator.platform.DebugMode;
import dev.keygate.emulator.platform.Hardware;
import dev.keygate.emulator.platform.MachineDefects;
import dev.keygate.emulator.platform.MachineDescription;
import dev.keygate.emulator.platform.MachineDescription.LaunchModes;
import dev.keygate.emulator.platform.MachineFolder;
import dev.keygate.emulator.platform.PlatformDefect;
import dev.keygate.emulator.platform.SecureBootMode;
import dev.keygate.emulator.thim.AmdCollateral;
import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lab's running machines and the metadata service of each. */
final class LabMachines implements AutoCloseable {

  private static final Bytes EXTENSION = Bytes.ofUtf8("extended by the lab").sha256();

  private final Map<String, LabMachine> running = new LinkedHashMap<>();
  private final Map<String, ConfidentialVm> machines = new LinkedHashMap<>();
  private final Deque<PlainHttp> metadata = new ArrayDeque<>();
  private final LabServices services;
  private final String location;

  private LabMachines(LabServices services, String location) {
    this.services = services;
    this.location = location;
  }

  /** Where machines are put up. */
  record Site(Hardware hardware, LabFolder folder, LabRoots roots, LabListening listening) {}

  static LabMachines boot(LabDescription description, Site site, LabServices services)
      throws IOException {
    LabMachines machines = new LabMachines(services, description.location());
    boolean booted = false;
    try {
      for (MachineEntry entry : description.machines()) {
        machines.boot(entry, site);
      }
      booted = true;
      return machines;
    } finally {
      if (!booted) {
        machines.close();
      }
    }
  }

  private void boot(MachineEntry entry, Site site) throws IOException {
    MachineDescription machine =
        withCondition(
            MachineDescription.named(entry.name()).withVmId(entry.vmId()).inRegion(location),
            entry.condition());
    MachineFolder folder = site.folder().machine(entry.name());
    ConfidentialVm vm = ConfidentialVm.boot(machine, site.hardware(), folder);
    machines.put(entry.name(), vm);
    site.roots().writeTo(folder.guest().resolve("trust"));
    HttpService faulty = services.faulty("imds." + entry.name(), imds(entry, vm));
    PlainHttp imds = PlainHttp.serve(site.listening().metadataOf(entry.name()), faulty);
    metadata.push(imds);
    running.put(
        entry.name(),
        new LabMachine(
            entry.name(), entry.vmId(), folder.guest(), vm.tpmSocket(), vm.eventLog(), imds.url()));
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
    };
  }

  private Imds imds(MachineEntry entry, ConfidentialVm vm) {
    List<ServicePrincipal> assigned = entry.identities().stream().map(services::principal).toList();
    return new Imds(
        new Imds.Instance(entry.vmId(), location),
        new MachineIdentities(assigned.stream().findFirst(), assigned),
        services.tokens(),
        () -> collateral(vm.amdCertification()));
  }

  private static AmdCollateral collateral(AmdCertification host) {
    return new AmdCollateral(host.vcekPem(), host.tcbm(), host.certificateChainPem());
  }

  List<LabMachine> running() {
    return List.copyOf(running.values());
  }

  void extendPcr(String machine, int pcr) {
    ConfidentialVm vm =
        Optional.ofNullable(machines.get(machine))
            .orElseThrow(
                () -> new IllegalArgumentException("machine: there is no '" + machine + "'"));
    if (pcr < 0 || pcr > 23) {
      throw new IllegalArgumentException("pcr: a number from 0 to 23");
    }
    vm.extendPcr(pcr, EXTENSION);
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
