package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.platform.vtpm.TpmClient;
import dev.keygate.emulator.testing.GuestSession;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.NvRead;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class MachineControlTest {

  private static final String CACHE = "https://global.acccache.azure.net/SevSnpVM/certificates/";
  private static final String VERSION = "?api-version=2020-10-15-preview";

  @TempDir private static Path folder;
  private static SharedLab shared;

  @BeforeAll
  static void start() throws IOException {
    shared = new SharedLab(folder);
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @Test
  void rebootsAMachine() throws Exception {
    Boot before = Boot.of(shared.lab.machine("cvm-1"));

    assertThat(admin("POST", "/machines/cvm-1/reboot", "").status()).isEqualTo(204);

    Boot after = Boot.of(shared.lab.machine("cvm-1"));
    assertThat(after.attestationKey()).isEqualTo(before.attestationKey());
    assertThat(after.nullPrimary()).isNotEqualTo(before.nullPrimary());
    assertThat(after.ownerPrimary()).isEqualTo(before.ownerPrimary());
    assertThat(after.resetCount()).isEqualTo(before.resetCount() + 1);
    try (GuestSession guest = shared.guest("cvm-1")) {
      assertThat(shared.attest(guest.attestationInfo()).status()).isEqualTo(200);
    }
  }

  /** What tells one boot of a machine from another. */
  private record Boot(
      TpmPublic attestationKey, TpmPublic nullPrimary, TpmPublic ownerPrimary, long resetCount) {

    static Boot of(LabMachine machine) throws IOException, EvidenceFormatException {
      try (TpmClient tpm = TpmClient.connect(machine.tpmSocket())) {
        TpmPublic template = AzureTpm.ephemeralKeyTemplate(Bytes.zeros(32), Bytes.EMPTY);
        Bytes quote =
            tpm.run(new Quote(AzureTpm.ATTESTATION_KEY, Bytes.EMPTY, PcrSelection.FIRMWARE))
                .attest();
        return new Boot(
            tpm.run(new ReadPublic(AzureTpm.ATTESTATION_KEY)).area(),
            primary(tpm, TpmHandle.NULL_HIERARCHY, template),
            primary(tpm, TpmHandle.OWNER, template),
            TpmsAttest.parse(quote).header().clock().resetCount());
      }
    }

    private static TpmPublic primary(TpmClient tpm, TpmHandle hierarchy, TpmPublic template)
        throws IOException, EvidenceFormatException {
      return tpm.run(new CreatePrimary(hierarchy, template, PcrSelection.NONE)).area();
    }
  }

  @Test
  void endsConnectionsToARebootingMachine() throws Exception {
    try (TpmClient tpm = TpmClient.connect(shared.lab.machine("cvm-2").tpmSocket())) {
      tpm.run(new PcrRead(PcrSelection.of(0)));

      shared.lab.machineControl().reboot("cvm-2");

      assertThatThrownBy(() -> tpm.send(new PcrRead(PcrSelection.of(0)).toBytes()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void losesTheEphemeralKeyWhenAPcrIsExtendedBetweenTwoCommands() throws Exception {
    try (GuestSession guest = shared.guest("cvm-2")) {
      String sealed = shared.attest(guest.attestationInfo()).json().path("token").asText();
      String fault = "{\"extend\":15,\"command\":\"rsa-decrypt\"}";
      assertThat(admin("POST", "/machines/cvm-2/tpm-faults", fault).status()).isEqualTo(204);

      assertThatThrownBy(() -> guest.open(sealed)).hasMessageContaining("PCR_CHANGED");

      assertThat(guest.open(sealed)).isNotEmpty();
    }
  }

  @Test
  void answersThatItIsBusyUntilItIsCleared() throws Exception {
    try (TpmClient tpm = TpmClient.connect(shared.lab.machine("cvm-1").tpmSocket())) {
      String fault = "{\"answer\":\"retry\",\"count\":1000}";
      assertThat(admin("POST", "/machines/cvm-1/tpm-faults", fault).status()).isEqualTo(204);
      tpm.assertRefused(0x922, new PcrRead(PcrSelection.of(0)));

      assertThat(admin("DELETE", "/machines/cvm-1/tpm-faults", "").status()).isEqualTo(204);

      tpm.run(new PcrRead(PcrSelection.of(0)));
    }
  }

  @ParameterizedTest
  @CsvSource({"older,DA18000000000004", "newer,DC18000000000004"})
  @Tag("azure-41")
  @Tag("azure-42")
  void servesCollateralOfAnotherTcbWhileTheCacheHasTheRightOne(String age, String tcbm)
      throws Exception {
    String path = "/machines/cvm-1/collateral";
    assertThat(admin("POST", path, "{\"tcb\":\"" + age + "\"}").status()).isEqualTo(204);
    try (GuestSession guest = shared.guest("cvm-1")) {
      assertThat(thim("cvm-1").path("tcbm").asText()).isEqualTo(tcbm);
      assertThat(shared.attest(guest.attestationInfo()).status()).isEqualTo(400);
      assertThat(shared.lab.decisions().getLast().check()).isEqualTo("REPORT_SIGNATURE");
    }
    String chip = report("cvm-1").snpReport().orElseThrow().chipId().hex();
    LabClient.Reply cached = shared.client.get(CACHE + chip + "/db18000000000004" + VERSION);

    assertThat(admin("POST", path, "{\"tcb\":\"matching\"}").status()).isEqualTo(204);

    JsonNode host = thim("cvm-1");
    assertThat(host.path("tcbm").asText()).isEqualTo("DB18000000000004");
    assertThat(cached.text())
        .isEqualTo(host.path("vcekCert").asText() + host.path("certificateChain").asText());
  }

  @Test
  void limitsRequestsToAMachinesMetadata() {
    String path = "/machines/cvm-debug/metadata-budget";
    assertThat(admin("POST", path, "{\"requestsPerSecond\":1}").status()).isEqualTo(204);
    int throttled = 0;
    for (int i = 0; i < 20; i++) {
      LabMachine machine = shared.lab.machine("cvm-debug");
      throttled += shared.imds(machine, "/metadata/THIM/amd/certification").status() == 429 ? 1 : 0;
    }

    assertThat(throttled).isPositive();
    assertThat(admin("POST", path, "{}").status()).isEqualTo(204);
    for (int i = 0; i < 20; i++) {
      assertThat(thim("cvm-debug").has("tcbm")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/machines/nobody/reboot,'',400",
    "GET,/machines/cvm-1/reboot,'',404",
    "DELETE,/machines/cvm-1/reboot,'',404",
    "POST,/machines/cvm-1/other,'{}',404",
    "POST,/machines/nobody/tpm-faults,'{\"answer\":\"retry\"}',400",
    "POST,/machines/cvm-1/tpm-faults,'{}',400",
    "POST,/machines/cvm-1/tpm-faults,'',400",
    "POST,/machines/cvm-1/tpm-faults,'{\"answer\":\"failure\"}',400",
    "POST,/machines/cvm-1/tpm-faults,'{\"answer\":\"busy\"}',400",
    "POST,/machines/cvm-1/tpm-faults,'{\"answer\":\"retry\",\"count\":0}',400",
    "POST,/machines/cvm-1/tpm-faults,'{\"answer\":\"retry\",\"command\":\"seal\"}',400",
    "POST,/machines/cvm-1/tpm-faults,'{\"extend\":24}',400",
    "POST,/machines/cvm-1/tpm-faults,'{\"extend\":\"4\"}',400",
    "POST,/machines/cvm-1/collateral,'{\"tcb\":\"ancient\"}',400",
    "POST,/machines/nobody/collateral,'{\"tcb\":\"older\"}',400",
    "POST,/machines/cvm-1/metadata-budget,'{\"requestsPerSecond\":0}',400",
    "POST,/machines/nobody/metadata-budget,'{}',400",
    "POST,/authorities/nobody/tokens,'{}',400",
    "POST,/authorities/sharedweu.weu.attest.azure.net/tokens,'[]',400",
    "POST,/authorities/sharedweu.weu.attest.azure.net/keys,'{\"step\":\"adopt\"}',400",
    "POST,/authorities/sharedweu.weu.attest.azure.net/keys,'{}',400",
    "POST,/authorities/sharedweu.weu.attest.azure.net/region,'{\"region\":\"third\"}',400",
    "POST,/authorities/sharedweu.weu.attest.azure.net/policy,'{\"policy\":\"maybe\"}',400",
    "GET,/authorities/sharedweu.weu.attest.azure.net/tokens,'',404"
  })
  void refusesWhatItCannotDo(String method, String path, String body, int status) {
    LabClient.Reply reply = admin(method, path, body);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo("LabRequestRefused");
  }

  private static JsonNode thim(String machine) {
    return shared.imds(shared.lab.machine(machine), "/metadata/THIM/amd/certification").json();
  }

  private static HclReport report(String machine) throws IOException, EvidenceFormatException {
    try (TpmClient tpm = TpmClient.connect(shared.lab.machine(machine).tpmSocket())) {
      Bytes all = Bytes.EMPTY;
      while (all.size() < 2600) {
        int chunk = Math.min(512, 2600 - all.size());
        Bytes part = tpm.run(NvRead.asOwner(AzureTpm.HCL_REPORT, chunk, all.size()));
        all = Bytes.concat(all, part);
      }
      return HclReport.parse(all);
    }
  }

  private static LabClient.Reply admin(String method, String path, String body) {
    return shared.client.direct(method, shared.lab.adminUrl() + path, body);
  }
}
