package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To which key of the environment a vault wraps, and how long what it wraps is. */
class EnvironmentKeyTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    bench.create("orders", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        keys("key_use", k -> k.add(jwk("a", j -> j.put("key_use", "enc"))), "a"),
        keys("key_use in a list", k -> k.add(jwk("a", j -> j.putArray("key_use").add("enc"))), "a"),
        keys("use", k -> k.add(jwk("a", j -> j.put("use", "enc"))), "a"),
        keys("key_ops", k -> k.add(jwk("a", j -> j.putArray("key_ops").add("encrypt"))), "a"),
        keys(
            "key_ops among others",
            k -> k.add(jwk("a", j -> j.putArray("key_ops").add("wrapKey").add("Encrypt"))),
            "a"),
        keys(
            "the first of two",
            k -> k.add(jwk("a", j -> j.put("use", "enc"))).add(jwk("b", j -> j.put("use", "enc"))),
            "a"),
        keys(
            "behind one for signing",
            k -> k.add(jwk("a", j -> j.put("use", "sig"))).add(jwk("b", j -> j.put("use", "enc"))),
            "b"),
        keys(
            "behind one of another type",
            k ->
                k.add(Json.object().put("kid", "a").put("kty", "EC").put("use", "enc"))
                    .add(jwk("b", j -> j.put("use", "enc"))),
            "b"));
  }

  @Tag("azure-21")
  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void wrapsToTheFirstRsaKeyForEncryption(String how, Consumer<ArrayNode> keys, String kid)
      throws Exception {
    LabClient.Reply reply = release(keys);

    assertThat(reply.status()).as(how).isEqualTo(200);
    assertThat(ReleasedEnvelope.verified(reply, bench.root).keyHsmHeader().path("kid").asText())
        .isEqualTo(kid);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        keys("none", k -> {}, ""),
        keys("no use", k -> k.add(jwk("a", j -> {})), ""),
        keys("use for signing", k -> k.add(jwk("a", j -> j.put("use", "sig"))), ""),
        keys("decryption", k -> k.add(jwk("a", j -> j.putArray("key_ops").add("decrypt"))), ""),
        keys("no kid", k -> k.add(jwk("a", j -> j.put("use", "enc").remove("kid"))), ""),
        keys("empty kid", k -> k.add(jwk("", j -> j.put("use", "enc"))), ""),
        keys(
            "another key without kid",
            k ->
                k.add(jwk("a", j -> j.put("use", "enc")))
                    .add(Json.object().put("kty", "RSA").put("use", "sig")),
            ""),
        keys(
            "elliptic curve",
            k -> k.add(Json.object().put("kid", "a").put("kty", "EC").put("use", "enc")),
            ""),
        keys("no modulus", k -> k.add(jwk("a", j -> j.put("use", "enc").remove("n"))), ""),
        keys("exponent 1", k -> k.add(jwk("a", j -> j.put("use", "enc").put("e", "AQ"))), ""),
        keys("no number", k -> k.add(jwk("a", j -> j.put("use", "enc").put("n", "%"))), ""),
        keys("text", k -> k.add("a"), ""),
        keys("of the hardware's claims alone", k -> {}, ""));
  }

  @Tag("azure-21")
  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesEnvironmentWithoutSuchAKey(String defect, Consumer<ArrayNode> keys, String none) {
    LabClient.Reply reply = release(keys);

    assertThat(reply.status()).as(defect + none).isEqualTo(403);
    assertThat(reply.message())
        .isEqualTo("Target environment attestation statement cannot be verified.");
    assertThat(bench.lastDecision().check()).isEqualTo("x-ms-runtime.keys");
  }

  private static Arguments keys(String how, Consumer<ArrayNode> keys, String kid) {
    return Arguments.of(how, keys, kid);
  }

  private static ObjectNode jwk(String kid, Consumer<ObjectNode> change) {
    ObjectNode jwk = bench.authority.environmentJwk().put("kid", kid);
    jwk.remove("key_ops");
    change.accept(jwk);
    return jwk;
  }

  private static LabClient.Reply release(Consumer<ArrayNode> keys) {
    String token =
        bench.authority.token(
            claims -> {
              claims
                  .withObject("/x-ms-isolation-tee")
                  .putObject("x-ms-runtime")
                  .putArray("keys")
                  .add(bench.authority.environmentJwk());
              keys.accept(claims.putObject("x-ms-runtime").putArray("keys"));
            },
            header -> {});
    return bench.release("/keys/orders", Json.object().put("target", token));
  }

  @Tag("azure-21")
  @ParameterizedTest
  @ValueSource(ints = {1024, 1536})
  void refusesSmallKey(int sizeBits) throws Exception {
    KeyPair pair = rsa(sizeBits);

    LabClient.Reply reply =
        release(keys -> keys.add(TestAuthority.environmentJwk(pair).put("use", "enc")));

    assertThat(reply.status()).isEqualTo(403);
  }

  @Tag("azure-22")
  @ParameterizedTest
  @CsvSource({
    "2048, CKM_RSA_AES_KEY_WRAP, SHA-1",
    "3072, RSA_AES_KEY_WRAP_256, SHA-256",
    "4096, RSA_AES_KEY_WRAP_384, SHA-384"
  })
  void splitsTheCiphertextAtTheModulus(int sizeBits, String enc, String digest) throws Exception {
    KeyPair pair = rsa(sizeBits);
    String token =
        bench.authority.token(
            claims ->
                claims
                    .putObject("x-ms-runtime")
                    .putArray("keys")
                    .add(TestAuthority.environmentJwk(pair)),
            header -> {});

    LabClient.Reply reply =
        bench.release("/keys/orders", Json.object().put("target", token).put("enc", enc));

    ReleasedEnvelope envelope = ReleasedEnvelope.verified(reply, bench.root);
    assertThat(envelope.publicKeyOf(envelope.unwrap(pair.getPrivate(), digest))).isTrue();
    assertThat(envelope.keyHsmHeader().path("enc").asText()).isEqualTo(enc);
  }

  @Tag("azure-22")
  @ParameterizedTest
  @ValueSource(strings = {"", ",\"enc\":null"})
  void wrapsWithSha1WhereNothingElseIsAsked(String enc) throws Exception {
    String body = "{\"target\":\"" + bench.authority.token() + "\"" + enc + "}";

    LabClient.Reply reply =
        bench.send("POST", "/keys/orders/release" + VaultBench.VERSION, bench.releaser(), body);

    ReleasedEnvelope envelope = ReleasedEnvelope.verified(reply, bench.root);
    assertThat(envelope.payload().at("/request/enc").asText()).isEqualTo("CKM_RSA_AES_KEY_WRAP");
    assertThat(envelope.unwrap(bench.authority.environment().getPrivate(), "SHA-1")).isNotEmpty();
  }

  @Tag("azure-23")
  @ParameterizedTest
  @CsvSource({
    "RSA-HSM, key_size, 2048",
    "RSA-HSM, key_size, 3072",
    "RSA-HSM, key_size, 4096",
    "EC-HSM, crv, P-256",
    "EC-HSM, crv, P-256K",
    "EC-HSM, crv, P-384",
    "EC-HSM, crv, P-521",
    "oct-HSM, key_size, 128",
    "oct-HSM, key_size, 192",
    "oct-HSM, key_size, 256"
  })
  void wrapsPkcs8OrRawOctetsOfEveryKind(String kty, String member, String value) throws Exception {
    String name = kty + value;
    ObjectNode body = VaultBench.exportable(kty, VaultBench.compliant());
    if (member.equals("crv")) {
      body.put(member, value);
    } else {
      body.put(member, Integer.parseInt(value));
    }
    assertThat(bench.create(name, body).status()).isEqualTo(200);

    ReleasedEnvelope envelope =
        ReleasedEnvelope.verified(bench.release("/keys/" + name), bench.root);

    byte[] material = envelope.unwrap(bench.authority.environment().getPrivate(), "SHA-1");
    if (kty.equals("oct-HSM")) {
      assertThat(material).hasSize(Integer.parseInt(value) / 8);
    } else {
      assertThat(PrivateKeyInfo.getInstance(material).getVersion()).isNotNull();
    }
    int padded = (material.length + 7) / 8 * 8 + 8;
    assertThat(envelope.ciphertextBytes()).isEqualTo(256 + padded);
  }

  private static KeyPair rsa(int sizeBits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(sizeBits);
    return generator.generateKeyPair();
  }
}
