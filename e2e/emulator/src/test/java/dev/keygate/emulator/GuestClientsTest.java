package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.testing.GuestSession;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.RsaParameters;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipping clients of {@code AzureGuest} send, each in its own way. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class GuestClientsTest {

  @TempDir private static Path folder;
  private static SharedLab shared;

  @BeforeAll
  static void start() throws Exception {
    shared = new SharedLab(folder);
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  /** A client's encodings of proof, report, chain and runtime data, and where its key lives. */
  static Stream<Arguments> clients() {
    return Stream.of(
        Arguments.of("guest agent", "standard url standard standard", true),
        Arguments.of("constellation", "standard url standard standard", true),
        Arguments.of("attestation tools", "url url url url", false),
        Arguments.of("library", "url url url url", false),
        Arguments.of("padded url", "padded padded padded padded", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void takesTheEncodingsOfAClient(String client, String encodings, boolean nullHierarchy)
      throws Exception {
    GuestSession.KeyChoice key =
        nullHierarchy
            ? new GuestSession.KeyChoice(TpmHandle.NULL_HIERARCHY, pcrs -> key(pcrs, 256))
            : new GuestSession.KeyChoice(TpmHandle.OWNER, pcrs -> key(pcrs, 0));
    try (GuestSession guest = shared.guest("cvm-1", key)) {
      ObjectNode info = guest.attestationInfo();
      reencode(info, encodings.split(" ", -1));

      LabClient.Reply reply = shared.attest(info);

      assertThat(reply.status()).as(client).isEqualTo(200);
      CompactJws token = CompactJws.parse(guest.open(reply.json().path("token").asText()));
      assertThat(token.unverifiedClaims().path("secureboot").asBoolean()).isTrue();
    }
  }

  private static TpmPublic key(PcrValues pcrs, int uniqueBytes) {
    return AzureTpm.ephemeralKeyTemplate(PolicyDigest.ofPcrs(pcrs), Bytes.zeros(uniqueBytes));
  }

  @Test
  void takesVersionsAsTextAndPayloadAsItIs() throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      ObjectNode info = guest.attestationInfo();
      info.put("OSVersionMajor", "24").put("OSVersionMinor", "04");
      info.putObject("ClientPayload").put("nonce", "n-1").put("number", 7);

      JsonNode claims = opened(guest, info);

      assertThat(claims.path("x-ms-azurevm-osversion-major").intValue()).isEqualTo(24);
      assertThat(claims.path("x-ms-azurevm-osversion-minor").intValue()).isEqualTo(4);
      assertThat(claims.at("/x-ms-runtime/client-payload/nonce").asText()).isEqualTo("n-1");
      assertThat(claims.at("/x-ms-runtime/client-payload/number").asInt()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "absent"})
  void takesAnEmptyPayload(String payload) throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      ObjectNode info = guest.attestationInfo();
      info.remove("ClientPayload");
      if (!payload.equals("absent")) {
        info.setAll(Json.parseObject("{\"ClientPayload\":" + payload + "}"));
      }

      assertThat(opened(guest, info).at("/x-ms-runtime/client-payload")).isEmpty();
    }
  }

  @Test
  void takesVersionZeroAndAQuoteWithANonce() throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      ObjectNode info = guest.attestationInfo();
      info.put("OSVersionMajor", 0).put("OSVersionMinor", 0);
      SignedAttest quote = guest.quote(Bytes.ofUtf8("nonce"));
      info.withObject("/TpmInfo")
          .put("PcrQuote", Base64Text.standard(quote.attest().toArray()))
          .put("PcrSignature", Base64Text.standard(quote.signature().value().toArray()));

      assertThat(shared.attest(info).status()).isEqualTo(200);
    }
  }

  @Test
  void takesTheKeysNamesAfterItAndNothingElse() throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      ObjectNode info = guest.attestationInfo();
      byte[] area = guest.attestationKeyArea().toArray();
      ObjectNode tpm = info.withObject("/TpmInfo");
      assertThat(shared.attest(put(info, tpm, area)).status()).isEqualTo(200);

      byte[] otherName = area.clone();
      otherName[area.length - 40] ^= 1;
      assertRefused(put(info, tpm, otherName), "format");
      assertRefused(put(info, tpm, Arrays.copyOf(area, area.length - 36)), "format");
      assertRefused(put(info, tpm, Arrays.copyOf(area, area.length + 1)), "format");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AttestationInfo", "attestationInfo", "ATTESTATIONINFO"})
  void takesItsOneMemberInAnyCase(String member) throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      String info = Base64Text.url(guest.attestationInfo().toString().getBytes(UTF_8));

      LabClient.Reply reply =
          shared.client.send(
              "POST",
              SharedLab.MAA + "/attest/AzureGuest?api-version=2025-06-01",
              Json.object().put(member, info).toString());

      assertThat(reply.status()).isEqualTo(200);
    }
  }

  static Stream<Arguments> badKeys() {
    int userWithAuth = ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY.bits() | 1 << 6;
    return Stream.of(
        key("another PCR value", "CERTIFIED_KEY_POLICY", pcrs -> bound(Bytes.zeros(32))),
        key(
            "fewer PCRs",
            "CERTIFIED_KEY_POLICY",
            pcrs -> bound(PolicyDigest.ofPcrs(pcrs.only(PcrSelection.of(0, 1, 2, 3))))),
        key("no policy", "CERTIFIED_KEY_POLICY", pcrs -> bound(Bytes.EMPTY)),
        key(
            "a password besides",
            "CERTIFIED_KEY_ATTRIBUTES",
            pcrs ->
                new TpmPublic(
                    new ObjectAttributes(userWithAuth),
                    PolicyDigest.ofPcrs(pcrs),
                    RsaParameters.RSA_2048,
                    Bytes.EMPTY)));
  }

  private static Arguments key(String what, String check, Function<PcrValues, TpmPublic> template) {
    return Arguments.of(
        what, check, new GuestSession.KeyChoice(TpmHandle.NULL_HIERARCHY, template));
  }

  private static TpmPublic bound(Bytes policy) {
    return AzureTpm.ephemeralKeyTemplate(policy, Bytes.EMPTY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badKeys")
  void refusesKeyThatSomethingElseAuthorises(
      String what, String check, GuestSession.KeyChoice choice) throws Exception {
    try (GuestSession guest = shared.guest("cvm-1", choice)) {
      assertRefused(guest.attestationInfo(), check);
    }
  }

  @ParameterizedTest
  @CsvSource({"Tdx", "TrustedLaunch", "sevsnp", "''"})
  void appraisesNoOtherIsolation(String type) throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      ObjectNode info = guest.attestationInfo();
      info.withObject("/IsolationInfo").put("Type", type);

      assertRefused(info, "format");
    }
  }

  @Test
  void refusesAQuoteFromBeforeAnExtend() throws Exception {
    try (GuestSession guest = shared.guest("cvm-2")) {
      ObjectNode before = guest.attestationInfo();
      shared.lab.extendPcr("cvm-2", 7);
      SignedAttest after = guest.quote(Bytes.EMPTY);
      before
          .withObject("/TpmInfo")
          .put("PcrQuote", Base64Text.standard(after.attest().toArray()))
          .put("PcrSignature", Base64Text.standard(after.signature().value().toArray()));

      assertRefused(before, "QUOTE_PCR_DIGEST");
    }
  }

  private static void assertRefused(ObjectNode info, String check) {
    LabClient.Reply reply = shared.attest(info);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameter");
    assertThat(shared.lab.decisions().getLast().check()).isEqualTo(check);
  }

  private static JsonNode opened(GuestSession guest, ObjectNode info) throws Exception {
    LabClient.Reply reply = shared.attest(info);
    assertThat(reply.status()).isEqualTo(200);
    return CompactJws.parse(guest.open(reply.json().path("token").asText())).unverifiedClaims();
  }

  private static ObjectNode put(ObjectNode info, ObjectNode tpm, byte[] area) {
    tpm.put("AikPub", Base64Text.standard(area));
    return info;
  }

  private static void reencode(ObjectNode info, String... encodings) throws MalformedTextException {
    ObjectNode evidence = info.withObject("/IsolationInfo/Evidence");
    ObjectNode proof =
        Json.parseObject(new String(Base64Text.decode(evidence.path("Proof").asText()), UTF_8));
    encode(proof, "SnpReport", encodings[1]);
    encode(proof, "VcekCertChain", encodings[2]);
    evidence.put("Proof", Base64Text.standard(proof.toString().getBytes(UTF_8)));
    encode(evidence, "Proof", encodings[0]);
    encode(evidence, "RunTimeData", encodings[3]);
  }

  private static void encode(ObjectNode json, String member, String encoding)
      throws MalformedTextException {
    byte[] bytes = Base64Text.decode(json.path(member).asText());
    json.put(
        member,
        switch (encoding) {
          case "standard" -> Base64Text.standard(bytes);
          case "url" -> Base64Text.url(bytes);
          default -> Base64Text.standard(bytes).replace('+', '-').replace('/', '_');
        });
  }
}
