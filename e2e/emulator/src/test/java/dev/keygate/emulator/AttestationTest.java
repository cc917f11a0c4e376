package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.testing.GuestSession;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.evidence.bytes.Bytes;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class AttestationTest {

  @TempDir private static Path folder;
  private static SharedLab shared;
  private static ObjectNode healthy;
  private static ObjectNode other;

  @BeforeAll
  static void start() throws Exception {
    shared = new SharedLab(folder);
    try (GuestSession one = shared.guest("cvm-1");
        GuestSession two = shared.guest("cvm-2")) {
      healthy = one.attestationInfo();
      other = two.attestationInfo();
    }
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @Test
  @Tag("azure-35")
  void issuesASealedTokenThatSaysWhatWasAppraised() throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      LabClient.Reply reply = shared.attest(guest.attestationInfo());

      assertThat(reply.status()).isEqualTo(200);
      CompactJws token = CompactJws.parse(guest.open(reply.json().path("token").asText()));
      KeySet keys = KeySet.parse(shared.client.get(SharedLab.MAA + "/certs").text());
      assertThat(token.isSignedBy(keys.findCertified(token.keyId()).orElseThrow())).isTrue();
      assertClaims(token.unverifiedClaims());
    }
    assertThat(shared.lab.decisions().getLast().outcome()).isEqualTo(Decision.Outcome.ALLOWED);
  }

  private static void assertClaims(JsonNode claims) {
    assertThat(claims.path("iss").asText()).isEqualTo(SharedLab.MAA);
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(28_800);
    assertThat(claims.path("x-ms-attestation-type").asText()).isEqualTo("azurevm");
    assertThat(claims.path("secureboot").asBoolean()).isTrue();
    assertThat(claims.path("x-ms-azurevm-vmid").asText())
        .isEqualTo("2E0A7C55-93D2-4C0A-8A7D-5B1F0C6A0001");
    assertThat(claims.at("/x-ms-runtime/client-payload/nonce").asText()).isEqualTo("bi0x");
    assertThat(claims.at("/x-ms-runtime/keys/0/kid").asText())
        .isEqualTo("TpmEphemeralEncryptionKey");
    JsonNode tee = claims.path("x-ms-isolation-tee");
    assertThat(tee.path("x-ms-attestation-type").asText()).isEqualTo("sevsnpvm");
    assertThat(tee.path("x-ms-compliance-status").asText()).isEqualTo("azure-compliant-cvm");
    assertThat(tee.path("x-ms-sevsnpvm-is-debuggable").asBoolean(true)).isFalse();
    assertThat(tee.path("x-ms-sevsnpvm-launchmeasurement").asText()).matches("[0-9a-f]{96}");
    assertThat(tee.path("x-ms-sevsnpvm-microcode-svn").asInt()).isEqualTo(0xDB);
    assertThat(tee.at("/x-ms-runtime/keys/0/kid").asText()).isEqualTo("HCLAkPub");
  }

  @Test
  @Tag("azure-34")
  void issuesATokenThatCallsADebuggableMachineSo() throws Exception {
    try (GuestSession guest = shared.guest("cvm-debug")) {
      LabClient.Reply reply = shared.attest(guest.attestationInfo());

      CompactJws token = CompactJws.parse(guest.open(reply.json().path("token").asText()));
      assertThat(
              token
                  .unverifiedClaims()
                  .at("/x-ms-isolation-tee/x-ms-sevsnpvm-is-debuggable")
                  .asBoolean())
          .isTrue();
    }
  }

  @Test
  void takesEveryEncodingThatClientsSend() throws Exception {
    ObjectNode info = healthy.deepCopy();
    ObjectNode evidence = (ObjectNode) info.at("/IsolationInfo/Evidence");
    ObjectNode proof = proof(info);
    proof.put("VcekCertChain", reencoded(proof.path("VcekCertChain").asText()));
    evidence.put("Proof", Base64Text.url(proof.toString().getBytes(UTF_8)));
    evidence.put("RunTimeData", reencoded(evidence.path("RunTimeData").asText()));
    info.put("OSVersionMajor", "24");

    assertThat(shared.attest(info).status()).isEqualTo(200);
  }

  static Stream<Arguments> badEvidence() {
    return Stream.of(
        tpm("QUOTE_SIGNATURE", "PcrSignature", AttestationTest::flipped),
        tpm("QUOTE_SIGNATURE", "PcrQuote", AttestationTest::flippedTail),
        fromOther("QUOTE_SIGNATURE", "/TpmInfo", "PcrQuote", "PcrSignature"),
        bad("QUOTE_PCR_DIGEST", AttestationTest::changePcr),
        bad("QUOTE_PCR_SELECTION", AttestationTest::dropPcr),
        fromOther("AK_IS_HCL_AK_PUB", "/TpmInfo", "AikPub"),
        fromOther("AK_CERTIFICATE", "/TpmInfo", "AikCert"),
        tpm("CERTIFICATION_SIGNATURE", "EncKeyCertifyInfoSignature", AttestationTest::flipped),
        fromOther(
            "CERTIFICATION_SIGNATURE",
            "/TpmInfo",
            "EncKeyPub",
            "EncKeyCertifyInfo",
            "EncKeyCertifyInfoSignature"),
        fromOther("CERTIFIED_NAME", "/TpmInfo", "EncKeyPub"),
        tpm("CERTIFIED_NAME", "EncKeyPub", AttestationTest::flippedTail),
        fromOther("EVENT_LOG", "", "TcgLogs"),
        bad("EVENT_LOG", (info, two) -> info.put("TcgLogs", "")),
        bad("EVENT_LOG", (info, two) -> info.put("TcgLogs", "AAAA")),
        bad("HCL_BINDING", AttestationTest::changeRuntimeData),
        bad("REPORT_SIGNATURE", (info, two) -> changeReport(info, 0x90)),
        bad("REPORT_SIGNATURE", (info, two) -> changeReport(info, 0x180)),
        bad("REPORT_SIGNATURE", AttestationTest::otherChain),
        bad("format", (info, two) -> info.put("AttestationProtocolVersion", "1.0")),
        bad("format", (info, two) -> info.remove("TpmInfo")),
        bad("format", (info, two) -> info.withObject("/IsolationInfo").put("Type", "Tdx")),
        bad("format", (info, two) -> info.withObject("/TpmInfo").put("AikPub", "%")));
  }

  private static Arguments bad(String check, BiConsumer<ObjectNode, ObjectNode> change) {
    return Arguments.of(check, change);
  }

  private interface Change {
    byte[] apply(byte[] bytes);
  }

  private static Arguments tpm(String check, String member, Change change) {
    return bad(
        check,
        (info, two) -> {
          ObjectNode tpm = info.withObject("/TpmInfo");
          tpm.put(member, Base64Text.standard(change.apply(decode(tpm.path(member).asText()))));
        });
  }

  private static Arguments fromOther(String check, String at, String... members) {
    return bad(
        check,
        (info, two) -> {
          for (String member : members) {
            ((ObjectNode) info.at(at)).set(member, two.at(at + "/" + member));
          }
        });
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("badEvidence")
  void refusesEvidence(String check, BiConsumer<ObjectNode, ObjectNode> change) {
    ObjectNode info = healthy.deepCopy();
    change.accept(info, other);

    LabClient.Reply reply = shared.attest(info);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameter");
    assertThat(shared.lab.decisions().getLast().check()).isEqualTo(check);
  }

  @Test
  void refusesAMachineWhosePcrsMovedAwayFromItsEventLog() throws Exception {
    shared.lab.extendPcr("cvm-2", 4);
    try (GuestSession guest = shared.guest("cvm-2")) {
      LabClient.Reply reply = shared.attest(guest.attestationInfo());

      assertThat(reply.status()).isEqualTo(400);
      assertThat(shared.lab.decisions().getLast().check()).isEqualTo("EVENT_LOG");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"AttestationInfo\":7}",
        "{\"AttestationInfo\":\"\"}",
        "{\"AttestationInfo\":\"e30\"}",
        "{\"AttestationInfo\":\"%%%\"}",
        "nothing",
        "\u0000\u0001"
      })
  @Tag("azure-38")
  void refusesAnyOtherBody(String body) {
    LabClient.Reply reply =
        shared.client.send(
            "POST", SharedLab.MAA + "/attest/azureguest?api-version=2025-06-01", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?api-version=", "?api-version=7.4"})
  @Tag("azure-32")
  void refusesUnknownApiVersion(String query) {
    LabClient.Reply reply =
        shared.client.send("POST", SharedLab.MAA + "/attest/AzureGuest" + query, "{}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameter");
  }

  @Test
  @Tag("azure-36")
  void publishesMetadataAndSeveralKeysToAnyone() {
    JsonNode metadata =
        shared.client.get(SharedLab.MAA + "/.well-known/openid-configuration").json();
    JsonNode keys = shared.client.get(SharedLab.MAA + "/certs").json().path("keys");

    assertThat(metadata.path("issuer").asText()).isEqualTo(SharedLab.MAA);
    assertThat(metadata.path("jwks_uri").asText()).isEqualTo(SharedLab.MAA + "/certs");
    assertThat(keys.size()).isGreaterThan(1);
    assertThat(keys).allSatisfy(key -> assertThat(key.path("x5c")).hasSize(1));
  }

  private static byte[] flipped(byte[] bytes) {
    bytes[bytes.length / 2] ^= 1;
    return bytes;
  }

  private static byte[] flippedTail(byte[] bytes) {
    bytes[bytes.length - 2] ^= 2;
    return bytes;
  }

  private static void changePcr(ObjectNode info, ObjectNode two) {
    ObjectNode pcr = (ObjectNode) info.at("/TpmInfo/PCRs/4");
    pcr.put("Digest", Base64Text.standard(Bytes.zeros(32).toArray()));
  }

  private static void dropPcr(ObjectNode info, ObjectNode two) {
    ((ArrayNode) info.at("/TpmInfo/PCRs")).remove(7);
    ((ArrayNode) info.at("/TpmInfo/PcrSet")).remove(7);
  }

  private static void changeRuntimeData(ObjectNode info, ObjectNode two) {
    ObjectNode evidence = (ObjectNode) info.at("/IsolationInfo/Evidence");
    String json = new String(decode(evidence.path("RunTimeData").asText()), UTF_8);
    String changed = json.replace("\"secure-boot\":true", "\"secure-boot\":false");
    assertThat(changed).isNotEqualTo(json);
    evidence.put("RunTimeData", Base64Text.standard(changed.getBytes(UTF_8)));
  }

  private static void changeReport(ObjectNode info, int offset) {
    ObjectNode proof = proof(info);
    byte[] report = decode(proof.path("SnpReport").asText());
    report[offset] ^= 1;
    proof.put("SnpReport", Base64Text.url(report));
    put(info, proof);
  }

  private static void otherChain(ObjectNode info, ObjectNode two) {
    ObjectNode proof = proof(info);
    proof.set("VcekCertChain", proof(two).path("VcekCertChain"));
    put(info, proof);
  }

  private static ObjectNode proof(ObjectNode info) {
    try {
      return Json.parseObject(
          new String(decode(info.at("/IsolationInfo/Evidence/Proof").asText()), UTF_8));
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(ObjectNode info, ObjectNode proof) {
    ((ObjectNode) info.at("/IsolationInfo/Evidence"))
        .put("Proof", Base64Text.standard(proof.toString().getBytes(UTF_8)));
  }

  private static String reencoded(String standard) {
    return Base64Text.url(decode(standard));
  }

  private static byte[] decode(String text) {
    try {
      return Base64Text.decode(text);
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }
}
