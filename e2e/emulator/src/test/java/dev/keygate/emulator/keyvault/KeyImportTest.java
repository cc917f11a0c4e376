package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
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

class KeyImportTest {

  private static final byte[] OCTETS = new byte[32];

  private static VaultBench bench;
  private static RSAPrivateCrtKey rsa;
  private static KeyPair ec;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    rsa = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    KeyPairGenerator curves = KeyPairGenerator.getInstance("EC");
    curves.initialize(new ECGenParameterSpec("secp256r1"));
    ec = curves.generateKeyPair();
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-06")
  @ParameterizedTest
  @ValueSource(strings = {"Hsm", "hsm", "HSM"})
  void takesTheHardwareFlagInAnyCase(String member) {
    LabClient.Reply reply = bring(name(), body(rsaJwk()).put(member, true));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/key/kty").asText()).isEqualTo("RSA-HSM");
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("RSA in software", body(rsaJwk()), "RSA"),
        Arguments.of("RSA-HSM by its name", body(rsaJwk().put("kty", "RSA-HSM")), "RSA-HSM"),
        Arguments.of("EC in software", body(ecJwk()), "EC"),
        Arguments.of("EC-HSM", body(ecJwk()).put("hsm", true), "EC-HSM"),
        Arguments.of("oct-HSM", body(octJwk()).put("Hsm", true), "oct-HSM"),
        Arguments.of(
            "unknown members",
            body(octJwk().put("key_size", 256).put("unknown", 1)).put("hsm", true),
            "oct-HSM"),
        Arguments.of(
            "padded base64url",
            body(octJwk().put("k", Base64.getUrlEncoder().encodeToString(OCTETS))).put("hsm", true),
            "oct-HSM"),
        Arguments.of(
            "standard base64",
            body(octJwk().put("k", Base64.getEncoder().encodeToString(OCTETS))).put("hsm", true),
            "oct-HSM"));
  }

  @Tag("azure-06")
  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void takes(String what, ObjectNode body, String kty) {
    LabClient.Reply reply = bring(name(), body);

    assertThat(reply.status()).as(what).isEqualTo(200);
    assertThat(reply.json().at("/key/kty").asText()).isEqualTo(kty);
    assertThat(reply.json().at("/key/d").isMissingNode()).isTrue();
    assertThat(reply.json().at("/key/k").isMissingNode()).isTrue();
  }

  @Tag("azure-06")
  @ParameterizedTest
  @CsvSource({"RSA, RSA-HSM", "EC, EC-HSM", "oct, oct-HSM", "oct-HSM, oct-HSM"})
  void hasManagedHsmKeepEverythingInHardware(String kty, String kept) {
    ObjectNode jwk =
        switch (kty) {
          case "RSA" -> rsaJwk();
          case "EC" -> ecJwk();
          default -> octJwk().put("kty", kty);
        };

    LabClient.Reply reply = bench.manageHsm("PUT", "/keys/" + name(), body(jwk));

    assertThat(reply.json().at("/key/kty").asText()).isEqualTo(kept);
  }

  @Tag("azure-06")
  @Tag("azure-23")
  @Test
  void releasesTheKeyThatWasBrought() throws Exception {
    ObjectNode body = VaultBench.exportable("", VaultBench.compliant()).put("hsm", true);
    body.remove("kty");
    body.set("key", rsaJwk());
    String name = name();
    assertThat(bring(name, body).status()).isEqualTo(200);

    ReleasedEnvelope envelope =
        ReleasedEnvelope.verified(bench.release("/keys/" + name), bench.root);

    byte[] pkcs8 = envelope.unwrap(bench.authority.environment().getPrivate(), "SHA-1");
    assertThat(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)))
        .isEqualTo(rsa);
  }

  static Stream<Arguments> defects() {
    return Stream.of(
        rsa("no modulus", k -> k.remove("n")),
        rsa("no private exponent", k -> k.remove("d")),
        rsa("no factors", k -> k.remove("p")),
        rsa("another modulus", k -> k.put("n", Base64Text.url(new byte[256]))),
        rsa("another factor", k -> k.put("q", k.path("p").asText())),
        rsa("another private exponent", k -> k.put("d", "AQAB")),
        rsa("another exponent", k -> k.put("e", "Aw")),
        rsa("another CRT exponent", k -> k.put("dp", "AQAB")),
        rsa("another CRT coefficient", k -> k.put("qi", "AQAB")),
        rsa("factor 0", k -> k.put("p", "AA")),
        rsa("number as number", k -> k.put("e", 65537)),
        rsa("wrapped by another HSM", k -> k.remove("d")),
        ec("no curve", k -> k.remove("crv")),
        ec("unknown curve", k -> k.put("crv", "P-224")),
        ec("another curve", k -> k.put("crv", "P-384")),
        ec("no private number", k -> k.remove("d")),
        ec("private number 0", k -> k.put("d", "AA")),
        ec("private number as large as the field", k -> k.put("d", Base64Text.url(ones(32)))),
        ec("another private number", k -> k.put("d", "Ag")),
        ec("another point", k -> k.put("x", k.path("y").asText())),
        oct("no octets", k -> k.remove("k")),
        oct("empty", k -> k.put("k", "")),
        oct("too short", k -> k.put("k", Base64Text.url(new byte[15]))),
        oct("too long", k -> k.put("k", Base64Text.url(new byte[65]))),
        oct("not base64", k -> k.put("k", "%%%")),
        oct("unknown type", k -> k.put("kty", "AKP")),
        oct("no type", k -> k.remove("kty")),
        oct("unknown operation", k -> k.putArray("key_ops").add("release")),
        oct("operations that are no list", k -> k.put("key_ops", "sign")));
  }

  private static Arguments rsa(String defect, Consumer<ObjectNode> change) {
    return changed(defect, rsaJwk(), change);
  }

  private static Arguments ec(String defect, Consumer<ObjectNode> change) {
    return changed(defect, ecJwk(), change);
  }

  private static Arguments oct(String defect, Consumer<ObjectNode> change) {
    return changed(defect, octJwk(), change);
  }

  private static Arguments changed(String defect, ObjectNode jwk, Consumer<ObjectNode> change) {
    change.accept(jwk);
    return Arguments.of(defect, body(jwk).put("hsm", true));
  }

  @Tag("azure-06")
  @ParameterizedTest(name = "{0}")
  @MethodSource("defects")
  void refuses(String defect, ObjectNode body) {
    LabClient.Reply reply = bring("never", body);

    assertThat(reply.status()).as(defect).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
  }

  @Tag("azure-06")
  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"key\":[]}", "{\"key\":{\"kty\":\"RSA\"},\"hsm\":1}"})
  void refusesBodyWithoutKey(String body) {
    LabClient.Reply reply =
        bench.send("PUT", "/keys/never" + VaultBench.VERSION, bench.officer(), body);

    assertThat(reply.status()).isEqualTo(400);
  }

  @Tag("azure-06")
  @Test
  void refusesSymmetricKeyOutsideHardware() {
    assertThat(bring("never", body(octJwk())).status()).isEqualTo(400);
  }

  @Tag("azure-09")
  @ParameterizedTest
  @CsvSource({"true, true, AKV.SKR.1020", "false, false, AKV.SKR.1014", "true, false, ''"})
  void keepsToTheRulesOfTheName(boolean says, boolean immutable, String refusal) {
    String name = name();
    ObjectNode first = VaultBench.exportable("oct-HSM", VaultBench.compliant());
    first.withObject("/release_policy").put("immutable", immutable);
    bench.create(name, first);
    ObjectNode body = body(octJwk()).put("hsm", true);
    if (says) {
      body.setAll(VaultBench.exportable("", VaultBench.compliant()));
      body.remove("kty");
    }

    LabClient.Reply reply = bring(name, body);

    assertThat(reply.message()).startsWith(refusal);
    assertThat(reply.status()).isEqualTo(refusal.isEmpty() ? 200 : 400);
  }

  @Tag("azure-08")
  @ParameterizedTest
  @CsvSource({"1004, true, false", "1005, false, true"})
  void demandsPolicyWhereExportable(int number, boolean exportable, boolean policy) {
    ObjectNode body = body(octJwk()).put("hsm", true);
    body.putObject("attributes").put("exportable", exportable);
    if (policy) {
      body.set("release_policy", VaultBench.carrier(VaultBench.compliant()));
    }

    assertThat(bring("never", body).message()).startsWith("AKV.SKR." + number);
  }

  @Tag("azure-27")
  @Test
  void refusesNameOfDeletedKey() {
    String name = name();
    bring(name, body(ecJwk()));
    bench.manage("DELETE", "/keys/" + name, Json.object());

    assertThat(bring(name, body(ecJwk())).innerCode()).isEqualTo("ObjectIsDeletedButRecoverable");
  }

  private static LabClient.Reply bring(String name, ObjectNode body) {
    return bench.manage("PUT", "/keys/" + name, body);
  }

  private static ObjectNode body(ObjectNode jwk) {
    return Json.object().set("key", jwk);
  }

  private static ObjectNode rsaJwk() {
    ObjectNode jwk = Json.object().put("kty", "RSA");
    put(jwk, "n", rsa.getModulus());
    put(jwk, "e", rsa.getPublicExponent());
    put(jwk, "d", rsa.getPrivateExponent());
    put(jwk, "p", rsa.getPrimeP());
    put(jwk, "q", rsa.getPrimeQ());
    put(jwk, "dp", rsa.getPrimeExponentP());
    put(jwk, "dq", rsa.getPrimeExponentQ());
    put(jwk, "qi", rsa.getCrtCoefficient());
    return jwk;
  }

  private static ObjectNode ecJwk() {
    ObjectNode jwk = Json.object().put("kty", "EC").put("crv", "P-256");
    put(jwk, "x", ((ECPublicKey) ec.getPublic()).getW().getAffineX());
    put(jwk, "y", ((ECPublicKey) ec.getPublic()).getW().getAffineY());
    put(jwk, "d", ((ECPrivateKey) ec.getPrivate()).getS());
    return jwk;
  }

  private static ObjectNode octJwk() {
    return Json.object().put("kty", "oct").put("k", Base64Text.url(OCTETS));
  }

  private static void put(ObjectNode jwk, String member, BigInteger number) {
    jwk.put(member, Base64Text.url(number.toByteArray()));
  }

  private static byte[] ones(int count) {
    byte[] ones = new byte[count];
    Arrays.fill(ones, (byte) 0xff);
    return ones;
  }

  private static String name() {
    return "k" + UUID.randomUUID();
  }
}
