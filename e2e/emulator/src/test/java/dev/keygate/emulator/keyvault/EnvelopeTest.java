package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.endpoint.VaultKind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The envelope of a release, member by member, of both services. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class EnvelopeTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    bench = new VaultBench();
    ObjectNode key = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    key.putObject("tags").put("team", "orders");
    key.withObject("/release_policy").put("immutable", true);
    bench.create("orders", key);
    bench.manageHsm("POST", "/keys/orders/create", key);
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-24")
  @ParameterizedTest
  @EnumSource(VaultKind.class)
  void namesItsCertificateByDigests(VaultKind kind) throws Exception {
    ReleasedEnvelope envelope = released(kind, "/keys/orders", Json.object());

    byte[] leaf = envelope.leaf().getEncoded();
    byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(leaf);
    String sha256 = Base64Text.url(MessageDigest.getInstance("SHA-256").digest(leaf));
    JsonNode header = envelope.header();
    assertThat(header.path("alg").asText()).isEqualTo("RS256");
    assertThat(header.path("x5t#S256").asText()).isEqualTo(sha256);
    assertThat(header.path("x5c")).hasSize(3);
    switch (kind) {
      case VAULT -> {
        assertThat(header.path("typ").asText()).isEqualTo("JWT");
        assertThat(header.path("kid").asText())
            .isEqualTo(HexFormat.of().withUpperCase().formatHex(sha1));
        assertThat(header.path("x5t").asText()).isEqualTo(Base64Text.url(sha1));
        assertThat(envelope.leafNames()).contains("vault.azure.net", "*.vault.azure.net");
      }
      case MANAGED_HSM -> {
        assertThat(header.path("kid").asText()).isEqualTo(sha256);
        assertThat(header.has("typ") || header.has("x5t")).isFalse();
        assertThat(envelope.leafNames())
            .contains("contoso.managedhsm.azure.net", "*.contoso.managedhsm.azure.net");
      }
    }
  }

  @Tag("azure-25")
  @ParameterizedTest
  @EnumSource(VaultKind.class)
  void saysTheEncryptionThatWasTakenAndNoNonceThatWasNotSent(VaultKind kind) throws Exception {
    JsonNode request = released(kind, "/keys/orders", Json.object()).payload().path("request");

    assertThat(request.fieldNames()).toIterable().containsOnly("api-version", "enc", "kid");
    assertThat(request.path("enc").asText()).isEqualTo("CKM_RSA_AES_KEY_WRAP");
    assertThat(request.path("kid").asText()).isEqualTo(url(kind) + "/keys/orders");
  }

  @Tag("azure-25")
  @ParameterizedTest
  @EnumSource(VaultKind.class)
  void echoesWhatWasSent(VaultKind kind) throws Exception {
    ObjectNode sent = Json.object().put("nonce", "n-1").put("enc", "RSA_AES_KEY_WRAP_384");

    JsonNode request = released(kind, "/keys/orders", sent).payload().path("request");

    assertThat(request.path("nonce").asText()).isEqualTo("n-1");
    assertThat(request.path("enc").asText()).isEqualTo("RSA_AES_KEY_WRAP_384");
    assertThat(request.path("api-version").asText()).isEqualTo("7.4");
  }

  @Tag("azure-25")
  @ParameterizedTest
  @EnumSource(VaultKind.class)
  void showsTheKeyWithItsAttributesTagsAndPolicy(VaultKind kind) throws Exception {
    JsonNode bundle = released(kind, "/keys/orders/", Json.object()).payload().at("/response/key");

    assertThat(bundle.at("/key/kid").asText()).matches(url(kind) + "/keys/orders/[0-9a-f]{32}");
    assertThat(bundle.path("key").fieldNames())
        .toIterable()
        .containsOnly("kid", "kty", "key_ops", "crv", "x", "y", "key_hsm");
    assertThat(bundle.at("/attributes/exportable").asBoolean()).isTrue();
    assertThat(bundle.at("/attributes/enabled").asBoolean()).isTrue();
    assertThat(bundle.at("/tags/team").asText()).isEqualTo("orders");
    assertThat(bundle.at("/release_policy/immutable").asBoolean()).isTrue();
    assertThat(bundle.at("/release_policy/data"))
        .isEqualTo(VaultBench.carrier(VaultBench.compliant()).path("data"));
  }

  @Tag("azure-26")
  @ParameterizedTest
  @EnumSource(VaultKind.class)
  void wrapsAnewEachTime(VaultKind kind) throws Exception {
    ReleasedEnvelope one = released(kind, "/keys/orders", Json.object());
    ReleasedEnvelope other = released(kind, "/keys/orders", Json.object());

    assertThat(one.keyHsm()).isNotEqualTo(other.keyHsm());
    byte[] first = one.unwrap(bench.authority.environment().getPrivate(), "SHA-1");
    assertThat(first).isEqualTo(other.unwrap(bench.authority.environment().getPrivate(), "SHA-1"));
  }

  @Tag("azure-04")
  @Tag("azure-22")
  @ParameterizedTest
  @CsvSource({
    "/keys/orders, CKM_RSA_AES_KEY_WRAP, SHA-1",
    "/keys//orders, RSA_AES_KEY_WRAP_256, SHA-256",
    "/keys/orders/, RSA_AES_KEY_WRAP_384, SHA-384"
  })
  void wrapsForManagedHsmAsForVaults(String path, String enc, String digest) throws Exception {
    ReleasedEnvelope envelope =
        released(VaultKind.MANAGED_HSM, path, Json.object().put("enc", enc));

    assertThat(envelope.keyHsmHeader().path("enc").asText()).isEqualTo(enc);
    assertThat(
            envelope.publicKeyOf(
                envelope.unwrap(bench.authority.environment().getPrivate(), digest)))
        .isTrue();
  }

  private static ReleasedEnvelope released(VaultKind kind, String path, ObjectNode body)
      throws Exception {
    String sent = body.put("target", bench.authority.token()).toString();
    String token =
        switch (kind) {
          case VAULT -> bench.releaser();
          case MANAGED_HSM -> bench.forManagedHsm(VaultBench.RELEASER);
        };
    LabClient.Reply reply =
        bench.sendTo("POST", url(kind) + path + "/release" + VaultBench.VERSION, token, sent);
    return ReleasedEnvelope.verified(reply, bench.root);
  }

  private static String url(VaultKind kind) {
    return switch (kind) {
      case VAULT -> VaultBench.URL;
      case MANAGED_HSM -> VaultBench.HSM_URL;
    };
  }
}
