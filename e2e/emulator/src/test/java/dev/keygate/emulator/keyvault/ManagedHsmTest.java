package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
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

/** Where a Managed HSM is not a Key Vault. */
class ManagedHsmTest {

  private static final String ACTIVITY = " \\(Activity ID: [0-9a-f-]{36}\\)";

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    create("orders", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
    ObjectNode immutable = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    immutable.withObject("/release_policy").put("immutable", true);
    create("immutable", immutable);
    create("plain", Json.object().put("kty", "EC-HSM"));
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-01")
  @Test
  void challengesForItsOwnResource() {
    LabClient.Reply reply =
        bench.sendTo("POST", VaultBench.HSM_URL + "/keys/k/create" + VaultBench.VERSION, "", "");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.message()).startsWith("AKV10000:").containsPattern(ACTIVITY);
    assertThat(reply.headers().get("WWW-Authenticate"))
        .isEqualTo(
            "Bearer authorization=\"https://login.windows.net/"
                + VaultBench.TENANT
                + "\", resource=\"https://managedhsm.azure.net\"");
  }

  @Tag("azure-02")
  @Test
  void refusesTokensForVaultsAndViceVersa() {
    String path = "/keys" + VaultBench.VERSION;

    assertThat(bench.sendTo("GET", VaultBench.HSM_URL + path, bench.officer(), "").status())
        .isEqualTo(401);
    assertThat(bench.send("GET", path, bench.forManagedHsm(), "").status()).isEqualTo(401);
    assertThat(bench.sendTo("GET", VaultBench.HSM_URL + path, bench.forManagedHsm(), "").status())
        .isEqualTo(200);
  }

  @Tag("azure-24")
  @Tag("azure-25")
  @Test
  void sealsEnvelopesInItsOwnWay() throws Exception {
    ReleasedEnvelope envelope =
        ReleasedEnvelope.verified(bench.releaseOfHsm("/keys/orders"), bench.root);

    assertThat(envelope.header().path("alg").asText()).isEqualTo("RS256");
    assertThat(envelope.header().has("typ")).isFalse();
    assertThat(envelope.header().has("x5t")).isFalse();
    assertThat(envelope.header().path("kid")).isEqualTo(envelope.header().path("x5t#S256"));
    assertThat(envelope.header().path("x5c")).hasSize(3);
    assertThat(envelope.leafNames()).contains("contoso.managedhsm.azure.net");
    assertThat(envelope.payload().at("/request/kid").asText())
        .isEqualTo("https://contoso.managedhsm.azure.net/keys/orders");
    byte[] key = envelope.unwrap(bench.authority.environment().getPrivate(), "SHA-1");
    assertThat(envelope.publicKeyOf(key)).isTrue();
  }

  @Test
  void keepsItsKeysApartFromTheVaultOfItsName() {
    assertThat(bench.manage("GET", "/keys/orders", Json.object()).status()).isEqualTo(404);
  }

  @Tag("azure-08")
  @ParameterizedTest
  @CsvSource({"RSA, RSA-HSM, 200", "RSA-HSM, RSA-HSM, 200", "EC, , 400", "oct, , 400"})
  void makesHardwareKeysOnly(String asked, String made, int status) {
    LabClient.Reply reply = create("type-" + asked, Json.object().put("kty", asked));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().at("/key/kty").asText(null)).isEqualTo(made);
  }

  @Test
  void writesTheExponentWithoutALeadingZero() {
    ObjectNode rsa = Json.object().put("kty", "RSA-HSM");

    assertThat(create("e", rsa).json().at("/key/e").asText()).isEqualTo("AQAB");
    assertThat(bench.create("e", rsa).json().at("/key/e").asText()).isEqualTo("AAEAAQ");
  }

  static Stream<Arguments> refusals() {
    ObjectNode policy =
        Json.object().set("release_policy", VaultBench.carrier(VaultBench.compliant()));
    ObjectNode exportable = Json.object().put("kty", "EC-HSM");
    exportable.putObject("attributes").put("exportable", true);
    ObjectNode withPolicy = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    withPolicy.remove("attributes");
    return Stream.of(
        refused("POST", "/keys/never/create", exportable, "Exportable keys must have release"),
        refused("POST", "/keys/never/create", withPolicy, "Non-exportable keys must not have"),
        refused("PATCH", "/keys/plain", exportable, "Cannot modify the exportable state"),
        refused("PATCH", "/keys/immutable", policy, "Immutable Key Release Policy cannot"),
        refused("PATCH", "/keys/plain", policy, "Non-exportable keys must not have"));
  }

  private static Arguments refused(String method, String path, ObjectNode body, String text) {
    return Arguments.of(method, path, body, text);
  }

  @Tag("azure-08")
  @Tag("azure-09")
  @Tag("azure-31")
  @ParameterizedTest(name = "{3}")
  @MethodSource("refusals")
  void saysTheBareSentenceAndTheActivity(String method, String path, ObjectNode body, String text) {
    LabClient.Reply reply = bench.manageHsm(method, path, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
    assertThat(reply.message()).startsWith(text).doesNotContain("AKV.SKR");
    assertThat(reply.message())
        .endsWith(" (Activity ID: " + reply.headers().get("x-ms-request-id") + ")");
  }

  @Tag("azure-31")
  @ParameterizedTest
  @ValueSource(strings = {"/keys", "/keys/nobody", "/nothing"})
  void hasItsHeadersOnEveryAnswer(String path) {
    LabClient.Reply reply = bench.manageHsm("GET", path, Json.object());

    assertThat(reply.headers())
        .containsKeys("x-ms-request-id", "x-ms-server-latency", "content-security-policy")
        .containsEntry("x-ms-keyvault-region", "westeurope")
        .containsEntry("x-frame-options", "SAMEORIGIN")
        .containsEntry("cache-control", "no-cache")
        .doesNotContainKeys("x-ms-keyvault-service-version", "pragma", "expires");
  }

  @Tag("azure-15")
  @Tag("azure-16")
  @Tag("azure-44")
  @Test
  void refusesAStatementAsAVaultDoes() {
    String body = Json.object().put("target", "a.b.c").toString();
    String url = VaultBench.HSM_URL + "/keys/orders/release" + VaultBench.VERSION;

    LabClient.Reply reply =
        bench.sendTo("POST", url, bench.forManagedHsm(VaultBench.RELEASER), body);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("Forbidden");
    assertThat(reply.message())
        .startsWith("Target environment attestation statement cannot be verified.")
        .containsPattern(ACTIVITY);
    assertThat(bench.lastDecision().host()).isEqualTo("contoso.managedhsm.azure.net");
  }

  @Tag("azure-12")
  @Test
  void refusesByItsLocalRoles() {
    LabClient.Reply reply = asReader("POST", "/keys/orders/release");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("AccessDenied");
    assertThat(reply.message())
        .startsWith(
            "Not authorized to access Microsoft.KeyVault/managedHsm/keys/release/action on"
                + " /keys/orders")
        .containsPattern(ACTIVITY);
    assertThat(asReader("GET", "/keys/orders").status()).isEqualTo(200);
  }

  @Tag("azure-27")
  @Test
  void deletesSoftlyToo() {
    create("gone", Json.object().put("kty", "EC-HSM"));
    bench.manageHsm("DELETE", "/keys/gone", Json.object());

    LabClient.Reply again = create("gone", Json.object().put("kty", "EC-HSM"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.innerCode()).isEqualTo("ObjectIsDeletedButRecoverable");
    assertThat(bench.manageHsm("DELETE", "/deletedkeys/gone", Json.object()).status())
        .isEqualTo(204);
  }

  @Test
  void givesRandomOctets() {
    LabClient.Reply one = random("{\"count\":16}");
    LabClient.Reply other = random("{\"count\":16}");

    assertThat(one.json().path("value").asText()).hasSize(22);
    assertThat(one.json()).isNotEqualTo(other.json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"count\":0}", "{\"count\":129}", "{\"count\":\"x\"}"})
  void refusesToGiveAnyOtherNumber(String body) {
    assertThat(random(body).status()).isEqualTo(400);
  }

  @Test
  void hasTheRouteForRandomOctetsAlone() {
    ObjectNode body = Json.object().put("count", 16);

    assertThat(bench.manage("POST", "/rng", body).status()).isEqualTo(404);
    assertThat(bench.manageHsm("GET", "/rng", body).status()).isEqualTo(405);
  }

  private static LabClient.Reply random(String body) {
    return bench.sendTo(
        "POST", VaultBench.HSM_URL + "/rng" + VaultBench.VERSION, bench.forManagedHsm(), body);
  }

  private static LabClient.Reply asReader(String method, String path) {
    ServicePrincipal reader = VaultBench.READER;
    return bench.sendTo(
        method, VaultBench.HSM_URL + path + VaultBench.VERSION, bench.forManagedHsm(reader), "{}");
  }

  private static LabClient.Reply create(String name, ObjectNode body) {
    return bench.manageHsm("POST", "/keys/" + name + "/create", body);
  }
}
