package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {

  private static final String NOT_VERIFIED =
      "Target environment attestation statement cannot be verified.";
  private static final String POLICY =
      "Target environment attestation does not meet key release policy requirements";

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

  @Tag("azure-24")
  @Tag("azure-25")
  @Test
  void echoesNonceAndNamesTheVersion() throws Exception {
    ReleasedEnvelope envelope =
        ReleasedEnvelope.verified(
            bench.release("/keys/orders", request().put("nonce", "n-1")), bench.root);

    JsonNode payload = envelope.payload();
    assertThat(payload.at("/request/nonce").asText()).isEqualTo("n-1");
    assertThat(payload.at("/request/api-version").asText()).isEqualTo("7.4");
    assertThat(payload.at("/response/key/key/kid").asText())
        .matches("https://contoso\\.vault\\.azure\\.net/keys/orders/[0-9a-f]{32}");
    assertThat(payload.at("/response/key/release_policy/immutable").isBoolean()).isTrue();
    assertThat(envelope.header().path("kid").asText()).matches("[0-9A-F]{40}");
    assertThat(envelope.header().path("x5c")).hasSize(3);
    assertThat(envelope.header().path("typ").asText()).isEqualTo("JWT");
    assertThat(envelope.header().path("x5t").asText()).hasSize(27);
    assertThat(envelope.header().path("x5t#S256").asText()).hasSize(43);
    assertThat(envelope.leafNames()).contains("*.vault.azure.net");
  }

  @Tag("azure-26")
  @Test
  void wrapsAnewEachTime() throws Exception {
    String one =
        ReleasedEnvelope.verified(bench.release("/keys/orders", request()), bench.root).keyHsm();
    String other =
        ReleasedEnvelope.verified(bench.release("/keys/orders", request()), bench.root).keyHsm();

    assertThat(one).isNotEqualTo(other);
  }

  @Tag("azure-13")
  @Test
  void releasesOutsideTheKeysValidity() {
    assertThat(bench.release("/keys/out-of-date", request()).status()).isEqualTo(200);
  }

  static Stream<Arguments> badTokens() {
    return Stream.of(
        claims("expired", c -> c.put("exp", 1000), NOT_VERIFIED, "exp"),
        claims("without expiry", c -> c.remove("exp"), NOT_VERIFIED, "exp"),
        claims("of the future", c -> c.put("nbf", 99_999_999_999L), NOT_VERIFIED, "nbf"),
        claims("other issuer", c -> c.put("iss", "https://evil.example"), POLICY, "authority"),
        claims("no issuer", c -> c.remove("iss"), POLICY, "authority"),
        claims("no runtime", c -> c.remove("x-ms-runtime"), NOT_VERIFIED, "x-ms-runtime.keys"),
        claims("no key", c -> keys(c).removeAll(), NOT_VERIFIED, "x-ms-runtime.keys"),
        claims("unnamed key", c -> first(c).remove("kid"), NOT_VERIFIED, "x-ms-runtime.keys"),
        claims(
            "key for signing",
            c -> first(c).putArray("key_ops").add("sign"),
            NOT_VERIFIED,
            "x-ms-runtime.keys"),
        claims(
            "key only under the hardware's claims",
            c -> {
              ObjectNode tee = (ObjectNode) c.path("x-ms-isolation-tee");
              tee.set("x-ms-runtime", c.remove("x-ms-runtime"));
            },
            NOT_VERIFIED,
            "x-ms-runtime.keys"),
        claims(
            "another status",
            c -> tee(c).put("x-ms-compliance-status", "azure-compliant-uvm"),
            POLICY,
            "anyOf[0].allOf[0]"),
        claims(
            "status of another case",
            c -> tee(c).put("x-ms-compliance-status", "Azure-Compliant-CVM"),
            POLICY,
            "anyOf[0].allOf[0]"),
        claims(
            "no status", c -> tee(c).remove("x-ms-compliance-status"), POLICY, "anyOf[0].allOf[0]"),
        claims(
            "status at the top",
            c -> {
              tee(c).remove("x-ms-compliance-status");
              c.put("x-ms-compliance-status", "azure-compliant-cvm");
            },
            POLICY,
            "anyOf[0].allOf[0]"),
        header("alg none", h -> h.put("alg", "none"), "signature"),
        header("alg HS256", h -> h.put("alg", "HS256"), "signature"),
        header("critical header", h -> h.putArray("crit").add("x"), "signature"),
        header("keys of another host", h -> h.put("jku", "https://evil.example/certs"), "jku"),
        header(
            "keys of a host that begins alike",
            h -> h.put("jku", TestAuthority.ISSUER + ".evil.example/certs"),
            "jku"),
        header("keys at no address", h -> h.putArray("jku"), "jku"),
        header("unknown kid", h -> h.put("kid", "other"), "kid"),
        header("no kid", h -> h.remove("kid"), "kid"),
        header("key without certificate", h -> h.put("kid", "uncertified"), "kid"));
  }

  private static Arguments claims(
      String defect, Consumer<ObjectNode> change, String text, String check) {
    Consumer<ObjectNode> none = header -> {};
    return Arguments.of(defect, change, none, text, check);
  }

  private static Arguments header(String defect, Consumer<ObjectNode> change, String check) {
    Consumer<ObjectNode> none = claims -> {};
    return Arguments.of(defect, none, change, NOT_VERIFIED, check);
  }

  @Tag("azure-15")
  @Tag("azure-16")
  @Tag("azure-19")
  @Tag("azure-21")
  @Tag("azure-44")
  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
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

    assertThat(reply.message()).isEqualTo(NOT_VERIFIED);
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
    assertThat(reply.message()).isEqualTo(POLICY);
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

  private static ArrayNode keys(ObjectNode claims) {
    return (ArrayNode) claims.at("/x-ms-runtime/keys");
  }

  private static ObjectNode first(ObjectNode claims) {
    return (ObjectNode) keys(claims).path(0);
  }

  private static ObjectNode tee(ObjectNode claims) {
    return (ObjectNode) claims.path("x-ms-isolation-tee");
  }
}
