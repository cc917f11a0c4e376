package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CryptoOperationsTest {

  private static final byte[] MESSAGE = {1, 2, 3};

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    create("rsa", Json.object().put("kty", "RSA-HSM"));
    for (String curve : new String[] {"P-256", "P-256K", "P-384", "P-521"}) {
      create(curve, Json.object().put("kty", "EC-HSM").put("crv", curve));
    }
    for (int size : new int[] {128, 192, 256}) {
      create("oct-" + size, Json.object().put("kty", "oct-HSM").put("key_size", size));
    }
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, RS256, SHA-256",
    "rsa, RS384, SHA-384",
    "rsa, RS512, SHA-512",
    "rsa, PS256, SHA-256",
    "rsa, PS384, SHA-384",
    "rsa, PS512, SHA-512",
    "P-256, ES256, SHA-256",
    "P-256K, ES256K, SHA-256",
    "P-384, ES384, SHA-384",
    "P-521, ES512, SHA-512"
  })
  void signsAndVerifies(String key, String algorithm, String digest) throws Exception {
    byte[] hash = MessageDigest.getInstance(digest).digest(MESSAGE);
    JsonNode signed = use(key, "sign", algorithm, hash).json();
    byte[] signature = Base64Text.decode(signed.path("value").asText());

    assertThat(signed.path("kid").asText()).startsWith(VaultBench.URL + "/keys/" + key + "/");
    assertThat(verify(key, algorithm, hash, signature)).isTrue();
    hash[0] ^= 1;
    assertThat(verify(key, algorithm, hash, signature)).isFalse();
    hash[0] ^= 1;
    signature[signature.length - 1] ^= 1;
    assertThat(verify(key, algorithm, hash, signature)).isFalse();
    assertThat(verify(key, algorithm, hash, new byte[1])).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, RS256, SHA-256, SHA256withRSA",
    "rsa, PS384, SHA-384, RSASSA-PSS",
    "P-256, ES256, SHA-256, SHA256withECDSAinP1363Format",
    "P-521, ES512, SHA-512, SHA512withECDSAinP1363Format"
  })
  void signsForOthersToVerify(String key, String algorithm, String digest, String name)
      throws Exception {
    byte[] hash = MessageDigest.getInstance(digest).digest(MESSAGE);
    String signature = use(key, "sign", algorithm, hash).json().path("value").asText();

    Signature verifier = Signature.getInstance(name);
    if (name.equals("RSASSA-PSS")) {
      verifier.setParameter(
          new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
    }
    verifier.initVerify(publicKey(key));
    verifier.update(MESSAGE);
    assertThat(verifier.verify(Base64Text.decode(signature))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, encrypt, decrypt, RSA1_5",
    "rsa, encrypt, decrypt, RSA-OAEP",
    "rsa, encrypt, decrypt, RSA-OAEP-256",
    "rsa, wrapkey, unwrapkey, RSA-OAEP-256",
    "oct-128, wrapkey, unwrapkey, A128KW",
    "oct-192, wrapkey, unwrapkey, A192KW",
    "oct-256, wrapkey, unwrapkey, A256KW",
    "oct-128, encrypt, decrypt, A128GCM",
    "oct-192, encrypt, decrypt, A192CBC",
    "oct-256, encrypt, decrypt, A256CBCPAD"
  })
  void readsWhatItWrote(String key, String there, String back, String algorithm) throws Exception {
    byte[] plaintext = new byte[32];
    plaintext[0] = 7;
    ObjectNode request = request(algorithm, plaintext).put("aad", "AAEC");
    if (algorithm.contains("CBC")) {
      request.put("iv", Base64Text.url(new byte[16]));
    }
    ObjectNode written = (ObjectNode) post(key, there, request).json();

    ObjectNode reading = written.deepCopy().put("alg", algorithm);
    LabClient.Reply read = post(key, back, reading);

    assertThat(read.status()).isEqualTo(200);
    assertThat(Base64Text.decode(read.json().path("value").asText())).isEqualTo(plaintext);
    byte[] changed = Base64Text.decode(written.path("value").asText());
    changed[3] ^= 1;
    LabClient.Reply garbled = post(key, back, reading.put("value", Base64Text.url(changed)));
    assertThat(garbled.json().path("value").asText())
        .isNotEqualTo(read.json().path("value").asText());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no algorithm | rsa | sign | {'value':'AAAA'}",
        "unknown algorithm | rsa | sign | {'alg':'RSNULL','value':'AAAA'}",
        "algorithm in lower case | rsa | sign | {'alg':'rs256','value':'AAAA'}",
        "no value | rsa | sign | {'alg':'RS256'}",
        "empty value | rsa | sign | {'alg':'RS256','value':''}",
        "value as number | rsa | sign | {'alg':'RS256','value':7}",
        "value not base64 | rsa | sign | {'alg':'RS256','value':'%'}",
        "digest of another size | rsa | sign | {'alg':'RS256','value':'AAAA'}",
        "digest of another size on a curve | P-256 | sign | {'alg':'ES256','value':'AAAA'}",
        "no digest | rsa | verify | {'alg':'RS256','value':'AAAA'}",
        "curve's algorithm | rsa | sign | {'alg':'ES256','value':'B32'}",
        "another curve's algorithm | P-256 | sign | {'alg':'ES256K','value':'B32'}",
        "encryption as signature | rsa | sign | {'alg':'RSA-OAEP','value':'AAAA'}",
        "signature as encryption | rsa | encrypt | {'alg':'RS256','value':'AAAA'}",
        "too long to encrypt | rsa | encrypt | {'alg':'RSA-OAEP','value':'B256'}",
        "no ciphertext | rsa | decrypt | {'alg':'RSA-OAEP','value':'AAAA'}",
        "ciphertext of nobody | rsa | decrypt | {'alg':'RSA-OAEP','value':'B256'}",
        "key of another size | oct-128 | wrapkey | {'alg':'A256KW','value':'B32'}",
        "mode for keys on data | oct-128 | encrypt | {'alg':'A128KW','value':'B32'}",
        "mode for data on keys | oct-128 | wrapkey | {'alg':'A128GCM','value':'B32'}",
        "key of odd length | oct-128 | wrapkey | {'alg':'A128KW','value':'AAAA'}",
        "wrapped by nobody | oct-128 | unwrapkey | {'alg':'A128KW','value':'B32'}",
        "vector that the vault chooses | oct-128 | encrypt | {'alg':'A128GCM','value':'AAAA','iv':'AAAA'}",
        "no tag | oct-128 | decrypt | {'alg':'A128GCM','value':'AAAA'}",
        "no vector | oct-128 | encrypt | {'alg':'A128CBC','value':'B32'}",
        "no whole block | oct-128 | encrypt | {'alg':'A128CBC','value':'AAAA','iv':'B16'}",
        "RSA on a symmetric key | oct-128 | encrypt | {'alg':'RSA-OAEP','value':'AAAA'}",
        "AES on an RSA key | rsa | encrypt | {'alg':'A128GCM','value':'AAAA'}"
      })
  void refuses(String defect, String key, String operation, String body) throws Exception {
    String filled =
        body.replace('\'', '"')
            .replace("B256", Base64Text.url(ones(256)))
            .replace("B32", Base64Text.url(new byte[32]))
            .replace("B16", Base64Text.url(new byte[16]));
    createAllowing("allows-" + key, key, operation);

    LabClient.Reply reply = post("allows-" + key, operation, Json.parseObject(filled));

    assertThat(reply.status()).as(defect).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
  }

  @ParameterizedTest
  @CsvSource({"P-256, encrypt", "P-256, wrapkey", "oct-128, sign", "oct-128, verify"})
  void refusesOperationThatTheKeyDoesNotName(String key, String operation) throws Exception {
    LabClient.Reply reply = post(key, operation, request("RS256", new byte[32]));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.innerCode()).isEqualTo("KeyOperationForbidden");
  }

  @Tag("azure-13")
  @ParameterizedTest
  @CsvSource({
    "encrypt, 403, KeyDisabled",
    "decrypt, 403, KeyDisabled",
    "sign, 403, KeyDisabled",
    "verify, 403, KeyDisabled",
    "wrapkey, 403, KeyDisabled",
    "unwrapkey, 403, KeyDisabled"
  })
  void refusesDisabledKey(String operation, int status, String innerCode) throws Exception {
    ObjectNode body = Json.object().put("kty", "RSA-HSM");
    body.putObject("attributes").put("enabled", false);
    if (bench.manage("GET", "/keys/disabled", Json.object()).status() == 404) {
      create("disabled", body);
    }

    LabClient.Reply reply = post("disabled", operation, request("RSA-OAEP", new byte[32]));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.innerCode()).isEqualTo(innerCode);
  }

  @Tag("azure-13")
  @ParameterizedTest
  @CsvSource({
    "exp, sign, RS256, 403",
    "nbf, sign, RS256, 403",
    "exp, encrypt, RSA-OAEP, 403",
    "nbf, wrapkey, RSA-OAEP, 403",
    "exp, verify, RS256, 200",
    "nbf, verify, RS256, 200"
  })
  void makesNothingOutsideTheKeysValidity(
      String attribute, String operation, String algorithm, int status) throws Exception {
    String name = "outside-" + attribute;
    if (bench.manage("GET", "/keys/" + name, Json.object()).status() == 404) {
      ObjectNode body = Json.object().put("kty", "RSA-HSM");
      body.putObject("attributes").put(attribute, attribute.equals("exp") ? 1000 : 99_999_999_999L);
      create(name, body);
    }

    LabClient.Reply reply =
        post(
            name,
            operation,
            request(algorithm, new byte[32]).put("digest", Base64Text.url(new byte[32])));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.innerCode()).isEqualTo(status == 403 ? "KeyNotYetValidOrExpired" : "");
  }

  @Test
  void usesTheVersionThatIsNamed() throws Exception {
    String first = create("twice", Json.object().put("kty", "EC-HSM"));
    String second = create("twice", Json.object().put("kty", "EC-HSM"));
    ObjectNode request = request("ES256", new byte[32]);

    assertThat(post("twice", "sign", request).json().path("kid").asText()).isEqualTo(second);
    String path = first.substring(VaultBench.URL.length()) + "/sign";
    assertThat(bench.manage("POST", path, request).json().path("kid").asText()).isEqualTo(first);
    assertThat(bench.manage("POST", "/keys/twice//sign", request).status()).isEqualTo(200);
    assertThat(bench.manage("GET", path, request).status()).isEqualTo(405);
  }

  private static PublicKey publicKey(String name) throws Exception {
    JsonNode jwk = bench.manage("GET", "/keys/" + name, Json.object()).json().path("key");
    if (name.equals("rsa")) {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
    }
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec(name.equals("P-256") ? "secp256r1" : "secp521r1"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(number(jwk, "x"), number(jwk, "y")),
                curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode jwk, String member) throws Exception {
    return new BigInteger(1, Base64Text.decode(jwk.path(member).asText()));
  }

  private static void createAllowing(String name, String like, String operation) {
    ObjectNode body =
        switch (like) {
          case "rsa" -> Json.object().put("kty", "RSA-HSM");
          case "oct-128" -> Json.object().put("kty", "oct-HSM").put("key_size", 128);
          default -> Json.object().put("kty", "EC-HSM").put("crv", like);
        };
    String wire =
        switch (operation) {
          case "wrapkey" -> "wrapKey";
          case "unwrapkey" -> "unwrapKey";
          default -> operation;
        };
    body.putArray("key_ops").add(wire);
    if (bench.manage("GET", "/keys/" + name, Json.object()).status() == 404) {
      create(name, body);
    }
    bench.manage("PATCH", "/keys/" + name, body);
  }

  private static boolean verify(String key, String algorithm, byte[] hash, byte[] signature) {
    return post(key, "verify", request(algorithm, signature).put("digest", Base64Text.url(hash)))
        .json()
        .path("value")
        .asBoolean();
  }

  private static LabClient.Reply use(String key, String operation, String algorithm, byte[] value) {
    return post(key, operation, request(algorithm, value));
  }

  private static LabClient.Reply post(String key, String operation, ObjectNode body) {
    return bench.manage("POST", "/keys/" + key + "/" + operation, body);
  }

  private static ObjectNode request(String algorithm, byte[] value) {
    return Json.object().put("alg", algorithm).put("value", Base64Text.url(value));
  }

  private static String create(String name, ObjectNode body) {
    return bench.create(name, body).json().at("/key/kid").asText();
  }

  private static byte[] ones(int count) {
    byte[] ones = new byte[count];
    Arrays.fill(ones, (byte) 0x5a);
    return ones;
  }
}
