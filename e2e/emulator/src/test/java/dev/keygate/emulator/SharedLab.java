package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.GuestSession;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.emulator.testing.ShiftedTime;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The standard lab in a folder of its own, with a client. */
final class SharedLab implements AutoCloseable {

  static final String MAA = "https://sharedweu.weu.attest.azure.net";

  final ShiftedTime time = new ShiftedTime();
  final Lab lab;
  final LabClient client;

  SharedLab(Path folder) throws IOException {
    this(folder, LabDescription.standard());
  }

  SharedLab(Path folder, LabDescription description) throws IOException {
    lab = Lab.start(description, LabSetup.in(folder, time));
    client = new LabClient(lab.proxyAddress(), rootPem());
  }

  String rootPem() throws IOException {
    return Files.readString(lab.trustFolder().resolve("tls-root.pem"));
  }

  GuestSession guest(String machineName) throws IOException, EvidenceFormatException {
    return guest(machineName, GuestSession.KeyChoice.USUAL);
  }

  GuestSession guest(String machineName, GuestSession.KeyChoice key)
      throws IOException, EvidenceFormatException {
    LabMachine machine = lab.machine(machineName);
    LabClient.Reply thim = imds(machine, "/metadata/THIM/amd/certification");
    return new GuestSession(machine.tpmSocket(), machine.eventLog(), thim.json(), key);
  }

  LabClient.Reply imds(LabMachine machine, String pathAndQuery) {
    return client.direct("GET", machine.imdsUrl() + pathAndQuery, "", "Metadata", "true");
  }

  LabClient.Reply attest(ObjectNode info) {
    String body =
        Json.object()
            .put("AttestationInfo", Base64Text.url(info.toString().getBytes(UTF_8)))
            .toString();
    return client.send("POST", MAA + "/attest/AzureGuest?api-version=2020-10-01", body);
  }

  @Override
  public void close() {
    client.close();
    lab.close();
  }
}
