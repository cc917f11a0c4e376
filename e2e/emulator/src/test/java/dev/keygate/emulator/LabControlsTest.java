package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.admin.Admin;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.emulator.fault.FaultRoute;
import dev.keygate.emulator.hostile.RandomRequests;
import dev.keygate.emulator.hostile.RandomRequests.Vocabulary;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.testing.GuestSession;
import dev.keygate.emulator.testing.LabClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class LabControlsTest {

  private static final String HOST = "sharedneu.neu.attest.azure.net";
  private static final String PAIRED = "/authorities/" + HOST;

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
  void mintsTokensThatTheProvidersKeysVerify() throws Exception {
    LabClient.Reply reply =
        admin("POST", PAIRED + "/tokens", "{\"x-ms-attestation-type\":\"sgx\"}");

    CompactJws token = CompactJws.parse(reply.json().path("token").asText());
    assertThat(isPublished(token)).isTrue();
    assertThat(token.unverifiedClaims().path("iss").asText()).isEqualTo("https://" + HOST);
    assertThat(token.unverifiedClaims().path("x-ms-attestation-type").asText()).isEqualTo("sgx");
  }

  @Test
  @Tag("azure-36")
  void rollsOverAndFailsOverOneProviderAndNoOther() throws Exception {
    String other = shared.client.get(SharedLab.MAA + "/certs").text();
    CompactJws before = minted();

    assertThat(admin("POST", PAIRED + "/keys", "{\"step\":\"announce\"}").status()).isEqualTo(204);
    assertThat(admin("POST", PAIRED + "/keys", "{\"step\":\"adopt\"}").status()).isEqualTo(204);
    CompactJws after = minted();
    assertThat(after.keyId()).isNotEqualTo(before.keyId());
    assertThat(isPublished(before)).isTrue();

    assertThat(admin("POST", PAIRED + "/region", "{\"region\":\"paired\"}").status())
        .isEqualTo(204);
    CompactJws failedOver = minted();
    assertThat(failedOver.keyId()).isNotEqualTo(after.keyId());
    assertThat(admin("POST", PAIRED + "/region", "{\"region\":\"own\"}").status()).isEqualTo(204);
    assertThat(minted().keyId()).isEqualTo(after.keyId());

    assertThat(admin("POST", PAIRED + "/keys", "{\"step\":\"withdraw\"}").status()).isEqualTo(204);
    assertThat(isPublished(before)).isFalse();
    assertThat(isPublished(failedOver)).isTrue();
    assertThat(shared.client.get(SharedLab.MAA + "/certs").text()).isEqualTo(other);
  }

  @Test
  @Tag("azure-38")
  void deniesUnderAPolicyThatDoes() throws Exception {
    String policy = "/authorities/sharedweu.weu.attest.azure.net/policy";
    try (GuestSession guest = shared.guest("cvm-1")) {
      admin("POST", policy, "{\"policy\":\"deny\"}");
      LabClient.Reply denied = shared.attest(guest.attestationInfo());
      admin("POST", policy, "{\"policy\":\"permit\"}");

      assertThat(denied.code()).isEqualTo("PolicyEvaluationError");
      assertThat(shared.attest(guest.attestationInfo()).status()).isEqualTo(200);
    }
  }

  @Test
  @Tag("azure-38")
  void hasProvidersFailInTheirOwnShape() {
    shared.lab.inject(
        new Fault(
            FaultRoute.of(HOST, "/attest/.*"),
            new FaultEffect.Status(429, Map.of("Retry-After", "2")),
            Fault.Limits.call(1)));

    LabClient.Reply struck =
        shared.client.send(
            "POST", "https://" + HOST + "/attest/SevSnpVm?api-version=2022-08-01", "{}");

    assertThat(struck.status()).isEqualTo(429);
    assertThat(struck.code()).isEqualTo("TooManyRequests");
    assertThat(struck.headers()).containsEntry("retry-after", "2");
  }

  @Test
  @Tag("azure-39")
  void hasMetadataFailOfOneMachineOnly() {
    shared.lab.inject(
        new Fault(
            FaultRoute.all("imds.cvm-2"),
            new FaultEffect.Status(410, Map.of()),
            Fault.Limits.NONE));
    String path = "/metadata/THIM/amd/certification";

    LabClient.Reply struck = shared.imds(shared.lab.machine("cvm-2"), path);
    LabClient.Reply spared = shared.imds(shared.lab.machine("cvm-1"), path);
    shared.lab.clearFaults();

    assertThat(struck.status()).isEqualTo(410);
    assertThat(struck.json().path("error").asText()).isEqualTo("updating");
    assertThat(spared.status()).isEqualTo(200);
  }

  @Test
  @Tag("azure-43")
  void servesIntelsCollateralFromHostAndCache() throws Exception {
    String pck =
        "sgx/certification/v4/pckcert?qeid=00&cpusvn="
            + "00".repeat(16)
            + "&pcesvn=0000&pceid=0000&api-version=2021-07-22-preview";
    LabClient.Reply host = shared.imds(shared.lab.machine("cvm-1"), "/metadata/THIM/" + pck);
    LabClient.Reply global = shared.client.get("https://global.acccache.azure.net/" + pck);
    LabClient.Reply region = shared.client.get("https://westeurope.thim.azure.net/" + pck);

    assertThat(host.json().path("pckCert").asText()).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(global.text()).isEqualTo(host.text());
    assertThat(region.text()).isEqualTo(host.text());

    assertThat(admin("POST", "/switches", "{\"pck-format\":\"pem\"}").status()).isEqualTo(204);
    LabClient.Reply pem = shared.client.get("https://global.acccache.azure.net/" + pck);
    admin("POST", "/switches", "{\"pck-format\":\"json\"}");
    assertThat(pem.text()).isEqualTo(host.json().path("pckCert").asText());
    assertThat(pem.headers()).containsKey("sgx-pck-certificate-issuer-chain");
  }

  @Test
  void takesGuestsWithoutAnEventLogWhereItIsToldTo() throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      var info = guest.attestationInfo().put("TcgLogs", "");
      assertThat(shared.attest(info).status()).isEqualTo(400);

      admin("POST", "/switches", "{\"event-log\":\"optional\"}");
      LabClient.Reply taken = shared.attest(info);
      admin("POST", "/switches", "{\"event-log\":\"required\"}");

      CompactJws token = CompactJws.parse(guest.open(taken.json().path("token").asText()));
      assertThat(token.unverifiedClaims().path("secureboot").booleanValue()).isFalse();
      assertThat(shared.attest(info).status()).isEqualTo(400);
    }
  }

  @Test
  void startsWithEverySwitchInItsStricterPosition() throws Exception {
    JsonNode positions = admin("GET", "/switches", "").json();

    assertThat(positions)
        .isEqualTo(
            Json.parseObject(
                """
                {"collateral-dates":"current","empty-runtime-data":"bound","event-log":"required",
                 "mismatch-codes":"one","pck-format":"json"}"""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"unknown\":\"x\"}",
        "{\"event-log\":\"maybe\"}",
        "{\"event-log\":null}",
        "{\"event-log\":{}}",
        "[]",
        ""
      })
  void refusesPositionsThatThereAreNot(String body) {
    LabClient.Reply reply = admin("POST", "/switches", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("LabRequestRefused");
  }

  @ParameterizedTest
  @CsvSource({
    "login.microsoftonline.us",
    "login.chinacloudapi.cn",
    "login.partner.microsoftonline.cn"
  })
  @Tag("azure-40")
  void knowsItsTenantAtNoOtherCloudsLogin(String host) {
    LabClient.Reply reply =
        shared.client.send(
            "POST",
            "https://" + host + "/" + shared.lab.description().tenant() + "/oauth2/v2.0/token",
            "grant_type=client_credentials");

    assertThat(reply.json().path("error_codes").path(0).asInt()).isEqualTo(90002);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/switches",
        "/authorities/" + HOST + "/region",
        "/authorities/" + HOST + "/policy",
        "/machines/cvm-debug/tpm-faults",
        "/machines/cvm-debug/collateral",
        "/machines/cvm-debug/metadata-budget",
        "/machines/cvm-debug/other"
      })
  @Timeout(60)
  void refusesAnythingElseInOneShape(String path) throws Exception {
    List<String> members = List.of("event-log", "region", "policy", "answer", "extend", "count");
    Vocabulary words = new Vocabulary(path, Map.of(), Map.of(), members, "{\"tcb\":\"older\"}");
    RandomRequests requests = new RandomRequests(7, words);
    Admin admin = new Admin(shared.lab);
    for (int i = 0; i < 10_000; i++) {
      HttpResponse response = admin.answer(requests.next());

      assertThat(response.status()).isLessThan(500);
      if (response.status() >= 400) {
        assertThat(Json.parseObject(response.body()).at("/error/code").asText())
            .isEqualTo("LabRequestRefused");
      }
    }
  }

  private static CompactJws minted() throws Exception {
    return CompactJws.parse(admin("POST", PAIRED + "/tokens", "{}").json().path("token").asText());
  }

  private static boolean isPublished(CompactJws token) throws Exception {
    KeySet keys = KeySet.parse(shared.client.get("https://" + HOST + "/certs").text());
    return keys.findCertified(token.keyId()).filter(token::isSignedBy).isPresent();
  }

  private static LabClient.Reply admin(String method, String path, String body) {
    return shared.client.direct(method, shared.lab.adminUrl() + path, body);
  }
}
