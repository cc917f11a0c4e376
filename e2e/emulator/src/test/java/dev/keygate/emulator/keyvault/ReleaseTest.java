package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    bench.create("orders", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
    bench.create("plain", Json.object().put("kty", "EC-HSM"));
    ObjectNode disabled = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    disabled.withObject("/attributes").put("enabled", false);
    bench.create("disabled", disabled);
    ObjectNode outOfDate = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    outOfDate.withObject("/attributes").put("exp", 1000);
    bench.create("out-of-date", outOfDate);
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-04")
  @Tag("azure-22")
  @Tag("azure-25")
  @ParameterizedTest
  @CsvSource({
    "/keys/orders,CKM_RSA_AES_KEY_WRAP,SHA-1",
    "/keys//orders,CKM_RSA_AES_KEY_WRAP,SHA-1",
    "/keys/orders/,RSA_AES_KEY_WRAP_256,SHA-256",
    "/keys/orders,RSA_AES_KEY_WRAP_384,SHA-384"
  })
  void wrapsToTheEnvironmentsKey(String path, String enc, String digest) throws Exception {
    LabClient.Reply reply = bench.release(path, request().put("enc", enc));

    assertThat(reply.status()).isEqualTo(200);
    ReleasedEnvelope envelope = ReleasedEnvelope.verified(reply, bench.root);
    byte[] pkcs8 = envelope.unwrap(bench.authority.environment().getPrivate(), digest);
    assertThat(envelope.publicKeyOf(pkcs8)).isTrue();
    assertThat(envelope.payload().at("/request/enc").asText()).isEqualTo(enc);
    assertThat(envelope.payload().at("/request/kid").asText())
        .isEqualTo("https://contoso.vault.azure.net/keys/orders");
  }

  @Tag("azure-04")
  @Tag("azure-25")
  @Test
  void releasesTheVersionThatIsNamed() throws Exception {
    String first = bench.create("twice", exportable()).json().at("/key/kid").asText();
    String second = bench.create("twice", exportable()).json().at("/key/kid").asText();

    JsonNode ofFirst = released(first.substring(VaultBench.URL.length())).payload();
    JsonNode ofNewest = released("/keys/twice/").payload();

    assertThat(ofFirst.at("/request/kid").asText()).isEqualTo(first);
    assertThat(ofFirst.at("/response/key/key/kid").asText()).isEqualTo(first);
    assertThat(ofNewest.at("/response/key/key/kid").asText()).isEqualTo(second);
  }

  private static ObjectNode exportable() {
    return VaultBench.exportable("EC-HSM", VaultBench.compliant());
  }

  private static ReleasedEnvelope released(String path) throws Exception {
    return ReleasedEnvelope.verified(bench.release(path), bench.root);
  }

  @Tag("azure-23")
  @Test
  void releasesRawOctetsOfSymmetricKeys() throws Exception {
    bench.create("octets", VaultBench.exportable("oct-HSM", VaultBench.compliant()));

    ReleasedEnvelope envelope =
        ReleasedEnvelope.verified(bench.release("/keys/octets", request()), bench.root);

    assertThat(envelope.unwrap(bench.authority.environment().getPrivate(), "SHA-1")).hasSize(32);
    assertThat(envelope.ciphertextBytes()).isEqualTo(256 + 40);
  }

  @Tag("azure-13")
  @Test
  void releasesOutsideTheKeysValidity() {
    assertThat(bench.release("/keys/out-of-date", request()).status()).isEqualTo(200);
  }

  @Tag("azure-15")
  @Tag("azure-16")
  @Tag("azure-19")
  @Tag("azure-21")
  @Tag("azure-44")
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.keygate.emulator.keyvault.BadTokens#all")
  void refusesToken(
      String defect,
      Consumer<ObjectNode> claimChange,
      Consumer<ObjectNode> headerChange,
      String text,
      String check) {
    String token = bench.authority.token(claimChange, headerChange);

    LabClient.Reply reply = bench.release("/keys/orders", Json.object().put("target", token));

    assertThat(reply.status()).as(defect).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("Forbidden");
    assertThat(reply.innerCode()).isEqualTo("AccessDenied");
    assertThat(reply.message()).isEqualTo(text);
    Decision decision = bench.lastDecision();
    assertThat(decision.outcome()).isEqualTo(Decision.Outcome.DENIED);
    assertThat(decision.operation()).isEqualTo("KeyRelease");
    assertThat(decision.check()).isEqualTo(check);
    assertThat(reply.text()).doesNotContain(check);
  }

  @Tag("azure-15")
  @Test
  void takesATokenThatNamesTheIssuersOwnKeys() {
    String token =
        bench.authority.token(
            claims -> {}, header -> header.put("jku", TestAuthority.ISSUER + "/certs"));

    assertThat(bench.release("/keys/orders", Json.object().put("target", token)).status())
        .isEqualTo(200);
  }

  @Tag("azure-15")
  @ParameterizedTest
  @CsvSource({"abc", "a.b.c", "..", "e30.e30.AA"})
  void refusesWhatIsNoToken(String target) {
    LabClient.Reply reply = bench.release("/keys/orders", Json.object().put("target", target));

    assertThat(reply.status()).isEqualTo(403);
  }

  @Tag("azure-15")
  @Test
  void refusesTokenWithOneBitOfItsSignatureChanged() {
    String token = bench.authority.token();
    char tenthLast = token.charAt(token.length() - 10);
    String changed =
        token.substring(0, token.length() - 10)
            + (tenthLast == 'A' ? 'B' : 'A')
            + token.substring(token.length() - 9);

    LabClient.Reply reply = bench.release("/keys/orders", Json.object().put("target", changed));

    assertThat(reply.message()).isEqualTo(BadTokens.NOT_VERIFIED);
  }

  @Test
  void toleratesFiveMinutesOfSkew() {
    String token = bench.authority.token();
    bench.time.shift(Duration.ofHours(8).plusMinutes(4));
    try {
      assertThat(bench.release("/keys/orders", Json.object().put("target", token)).status())
          .isEqualTo(200);
    } finally {
      bench.time.shift(Duration.ofHours(-8).minusMinutes(4));
    }
  }

  @Test
  void followsAChangedPolicyAtOnce() {
    bench.create("followed", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
    ObjectNode change =
        Json.object()
            .set(
                "release_policy",
                VaultBench.carrier(VaultBench.policy("x-ms-attestation-type", "\"sgx\"")));

    assertThat(bench.release("/keys/followed", request()).status()).isEqualTo(200);
    bench.send("PATCH", "/keys/followed" + VaultBench.VERSION, bench.officer(), change.toString());
    LabClient.Reply reply = bench.release("/keys/followed", request());

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.message()).isEqualTo(BadTokens.POLICY);
  }

  @Tag("azure-14")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"target\":\"\"}",
        "{\"target\":7}",
        "{\"target\":\"a.b.c\",\"enc\":\"RSA-OAEP\"}",
        "{\"target\":\"a.b.c\",\"enc\":7}",
        "{\"target\":\"a.b.c\",\"nonce\":7}",
        "[]",
        "nothing"
      })
  void refusesMalformedRequest(String body) {
    LabClient.Reply reply =
        bench.send("POST", "/keys/orders/release" + VaultBench.VERSION, bench.releaser(), body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
  }

  @Tag("azure-13")
  @Test
  void refusesDisabledKey() {
    LabClient.Reply reply = bench.release("/keys/disabled", request());

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.innerCode()).isEqualTo("KeyDisabled");
    assertThat(reply.message()).isEqualTo("Operation release is not allowed on a disabled key.");
  }

  @Test
  void refusesKeyThatIsNotExportable() {
    assertThat(bench.release("/keys/plain", request()).status()).isEqualTo(400);
  }

  @Tag("azure-28")
  @ParameterizedTest
  @CsvSource({"/keys/nobody", "/keys/orders/00000000000000000000000000000000"})
  void knowsNoSuchKey(String path) {
    LabClient.Reply reply = bench.release(path, request());

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.code()).isEqualTo("KeyNotFound");
  }

  private static ObjectNode request() {
    return Json.object().put("target", bench.authority.token());
  }
}
