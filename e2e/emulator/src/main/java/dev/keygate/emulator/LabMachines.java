package dev.keygate.emulator;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.MachineEntry;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.imds.Imds;
import dev.keygate.emulator.imds.MachineIdentities;
import dev.keygate.emulator.net.PlainHttp;
import dev.keygate.emulator.thim.AmdCollateral;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.testing.SoftwareAmd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The lab's running machines and the metadata service of each. */
final class LabMachines implements AutoCloseable {

  private final List<LabMachine> running = new ArrayList<>();
  private final List<PlainHttp> metadata = new ArrayList<>();

  static LabMachines boot(
      LabDescription description,
      LabSetup setup,
      SoftwareAmd vendor,
      LabServices services,
      LabFolder folder)
      throws IOException {
    LabMachines machines = new LabMachines();
    for (MachineEntry entry : description.machines()) {
      AmdCollateral collateral = new AmdCollateral("", "", vendor.certificateChainPem());
      List<ServicePrincipal> assigned =
          entry.identities().stream().map(services::principal).toList();
      MachineIdentities identities =
          new MachineIdentities(
              assigned.isEmpty() ? Optional.empty() : Optional.of(assigned.getFirst()), assigned);
      Imds imds =
          new Imds(
              new Imds.Instance(entry.vmId(), description.location()),
              identities,
              services.tokens(),
              () -> collateral);
      PlainHttp http = PlainHttp.serve(0, imds);
      machines.metadata.add(http);
      machines.running.add(
          new LabMachine(
              entry.name(),
              entry.vmId(),
              folder.machines().resolve(entry.name() + ".sock"),
              folder.machines().resolve(entry.name() + ".log"),
              http.url()));
    }
    return machines;
  }

  List<LabMachine> running() {
    return List.copyOf(running);
  }

  Set<Bytes> measurements() {
    return Set.of();
  }

  void extendPcr(String machine, int pcr) {
    if (pcr < 0 || running.stream().noneMatch(one -> one.name().equals(machine))) {
      throw new IllegalArgumentException("machine: there is no '" + machine + "'");
    }
  }

  @Override
  public void close() {
    metadata.forEach(PlainHttp::close);
  }
}
