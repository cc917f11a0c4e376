package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.testing.LabClient;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLifeTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    bench.create("mutable", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
    ObjectNode immutable = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    immutable.withObject("/release_policy").put("immutable", true);
    bench.create("immutable", immutable);
    bench.create("plain", Json.object().put("kty", "EC-HSM"));
    bench.create("gone", Json.object().put("kty", "EC-HSM"));
    bench.send("DELETE", "/keys/gone" + VaultBench.VERSION, bench.officer(), "");
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-05")
  @Tag("azure-10")
  @Test
  void createsExportableKeyWithCanonicalPolicy() {
    LabClient.Reply reply =
        bench.create("fresh", VaultBench.exportable("RSA-HSM", VaultBench.compliant()));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/key/kid").asText())
        .matches("https://contoso\\.vault\\.azure\\.net/keys/fresh/[0-9a-f]{32}");
    assertThat(reply.json().at("/key/kty").asText()).isEqualTo("RSA-HSM");
    assertThat(reply.json().at("/key/d").isMissingNode()).isTrue();
    assertThat(reply.json().at("/attributes/exportable").asBoolean()).isTrue();
    assertThat(reply.json().at("/release_policy/contentType").asText())
        .isEqualTo("application/json; charset=utf-8");
    assertThat(reply.json().at("/release_policy/data").asText())
        .isEqualTo(VaultBench.carrier(VaultBench.compliant()).path("data").asText());
  }

  @Tag("azure-05")
  @Tag("azure-11")
  @Test
  void addsVersionsAndKeepsThePolicy() {
    String first =
        kid(bench.create("twice", VaultBench.exportable("EC-HSM", VaultBench.compliant())));
    String second = kid(bench.create("twice", Json.object().put("kty", "EC-HSM")));

    LabClient.Reply latest = get("/keys/twice/");
    assertThat(second).isNotEqualTo(first);
    assertThat(kid(latest)).isEqualTo(second);
    assertThat(latest.json().has("release_policy")).isTrue();
    assertThat(get("/keys/twice/versions").json().path("value")).hasSize(2);
    assertThat(kid(get(first.substring(VaultBench.URL.length())))).isEqualTo(first);
  }

  @Tag("azure-07")
  @Tag("azure-09")
  @Test
  void changesPolicyOfVersionlessKey() {
    String narrow = VaultBench.policy("x-ms-azurevm-vmid", "\"A\"");
    ObjectNode change = Json.object().set("release_policy", VaultBench.carrier(narrow));
    change.putArray("key_ops");

    LabClient.Reply reply = patch("/keys/mutable", change);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(get("/keys/mutable").json().at("/release_policy/data").asText())
        .isEqualTo(VaultBench.carrier(narrow).path("data").asText());
    assertThat(reply.json().at("/key/key_ops")).isNotEmpty();
  }

  @Tag("azure-27")
  @Test
  void recoversAndPurgesDeletedKeys() {
    bench.create("phoenix", Json.object().put("kty", "EC-HSM"));
    String path = "/keys/phoenix" + VaultBench.VERSION;
    String deleted = "/deletedkeys/phoenix";

    assertThat(bench.send("DELETE", path, bench.officer(), "").json().has("recoveryId")).isTrue();
    assertThat(get("/keys/phoenix").status()).isEqualTo(404);
    assertThat(get(deleted).status()).isEqualTo(200);
    assertThat(send("POST", deleted + "/recover", "").status()).isEqualTo(200);
    assertThat(get("/keys/phoenix").status()).isEqualTo(200);
    bench.send("DELETE", path, bench.officer(), "");
    assertThat(send("DELETE", deleted, "").status()).isEqualTo(204);
    assertThat(get(deleted).status()).isEqualTo(404);
  }

  @Tag("azure-07")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kty\":\"RSA-HSM\",\"public_exponent\":0}",
        "{\"kty\":\"RSA-HSM\",\"public_exponent\":65537,\"key_ops\":[]}",
        "{\"kty\":\"EC-HSM\",\"key_ops\":null,\"unknown\":{\"deep\":[1]}}"
      })
  void takesWhatClientsSendForNothing(String body) {
    LabClient.Reply reply =
        bench.send("POST", "/keys/tolerant/create" + VaultBench.VERSION, bench.officer(), body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/key/key_ops")).isNotEmpty();
  }

  @Tag("azure-27")
  @Test
  void knowsNoDeletedKeyOnAnyRoute() {
    bench.create("lost", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
    send("DELETE", "/keys/lost", "");

    LabClient.Reply released = bench.release("/keys/lost");

    assertThat(released.status()).isEqualTo(404);
    assertThat(released.code()).isEqualTo("KeyNotFound");
    assertThat(released.message())
        .startsWith("A key with (name/id) lost was not found in this key vault. If you recently")
        .endsWith("https://go.microsoft.com/fwlink/?linkid=2125182");
    assertThat(get("/keys/lost/versions").status()).isEqualTo(404);
    assertThat(send("POST", "/keys/lost/backup", "").status()).isEqualTo(404);
    assertThat(send("POST", "/deletedkeys/plain/recover", "").status()).isEqualTo(404);
    assertThat(send("DELETE", "/deletedkeys/plain", "").status()).isEqualTo(404);
  }

  static Stream<Arguments> refusedCreations() {
    return Stream.of(
        created("no body", () -> Json.object(), 400, "BadParameter", ""),
        created("unknown kty", () -> Json.object().put("kty", "DSA"), 400, "BadParameter", ""),
        created(
            "odd size",
            () -> Json.object().put("kty", "RSA-HSM").put("key_size", 1024),
            400,
            "BadParameter",
            ""),
        created(
            "unknown curve",
            () -> Json.object().put("kty", "EC-HSM").put("crv", "P-224"),
            400,
            "BadParameter",
            ""),
        created(
            "exportable without policy",
            () -> {
              ObjectNode body = Json.object().put("kty", "EC-HSM");
              body.putObject("attributes").put("exportable", true);
              return body;
            },
            400,
            "BadParameter",
            "AKV.SKR.1004"),
        created(
            "policy without exportable",
            () -> {
              ObjectNode body = VaultBench.exportable("EC-HSM", VaultBench.compliant());
              body.remove("attributes");
              return body;
            },
            400,
            "BadParameter",
            "AKV.SKR.1005"),
        created(
            "exportable in software",
            () -> VaultBench.exportable("EC", VaultBench.compliant()),
            400,
            "BadParameter",
            "AKV.SKR.1006"),
        created(
            "exponent of another size",
            () -> Json.object().put("kty", "RSA-HSM").put("public_exponent", 3),
            400,
            "BadParameter",
            ""),
        created(
            "software key that is symmetric",
            () -> Json.object().put("kty", "oct"),
            400,
            "BadParameter",
            ""),
        created(
            "operation that there is not",
            () -> {
              ObjectNode body = Json.object().put("kty", "EC-HSM");
              body.putArray("key_ops").add("release");
              return body;
            },
            400,
            "BadParameter",
            ""),
        created(
            "policy is no JSON",
            () -> VaultBench.exportable("EC-HSM", "{"),
            400,
            "BadParameter",
            "Invalid release policy"),
        created(
            "policy with an operator that is not evaluated",
            () ->
                VaultBench.exportable(
                    "EC-HSM", VaultBench.compliant().replace("equals", "notEquals")),
            400,
            "BadParameter",
            "Invalid release policy"));
  }

  private static Arguments created(
      String defect, Supplier<ObjectNode> body, int status, String code, String text) {
    return Arguments.of(defect, body, status, code, text);
  }

  @Tag("azure-08")
  @Tag("azure-10")
  @Tag("azure-20")
  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedCreations")
  void refusesToCreate(
      String defect, Supplier<ObjectNode> body, int status, String code, String text) {
    LabClient.Reply reply = bench.create("never", body.get());

    assertThat(reply.status()).as(defect).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.message()).startsWith(text);
    assertThat(get("/keys/never").status()).isEqualTo(404);
  }

  @Tag("azure-03")
  @Tag("azure-08")
  @Test
  void refusesReleaseAttributesInOldApiVersions() {
    LabClient.Reply reply =
        bench.send(
            "POST",
            "/keys/never/create?api-version=7.2",
            bench.officer(),
            VaultBench.exportable("EC-HSM", VaultBench.compliant()).toString());

    assertThat(reply.message()).startsWith("AKV.SKR.1001");
  }

  static Stream<Arguments> refusedChanges() {
    ObjectNode policy =
        Json.object().set("release_policy", VaultBench.carrier(VaultBench.compliant()));
    ObjectNode notExportable = Json.object();
    notExportable.putObject("attributes").put("exportable", false);
    ObjectNode exportable = Json.object();
    exportable.putObject("attributes").put("exportable", true);
    ObjectNode noPolicy = Json.object();
    noPolicy.putObject("release_policy");
    return Stream.of(
        Arguments.of("policy of a version", "version", policy, "AKV.SKR.1016"),
        Arguments.of("immutable policy", "/keys/immutable", policy, "AKV.SKR.1020"),
        Arguments.of("policy of a plain key", "/keys/plain", policy, "AKV.SKR.1005"),
        Arguments.of("no longer exportable", "/keys/mutable", notExportable, "AKV.SKR.1014"),
        Arguments.of("from now on exportable", "/keys/plain", exportable, "AKV.SKR.1014"),
        Arguments.of("policy removed", "/keys/mutable", noPolicy, "AKV.SKR.1004"));
  }

  @Tag("azure-08")
  @Tag("azure-09")
  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedChanges")
  void refusesToChange(String defect, String path, ObjectNode body, String text) {
    String target =
        path.equals("version")
            ? kid(get("/keys/mutable")).substring(VaultBench.URL.length())
            : path;

    LabClient.Reply reply = patch(target, body);

    assertThat(reply.status()).as(defect).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
    assertThat(reply.message()).startsWith(text);
  }

  @Tag("azure-09")
  @Test
  void refusesNewVersionWithPolicyOverAnImmutableOne() {
    LabClient.Reply reply =
        bench.create("immutable", VaultBench.exportable("EC-HSM", VaultBench.compliant()));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith("AKV.SKR.1020");
  }

  @Tag("azure-27")
  @Test
  void refusesNameOfDeletedKey() {
    LabClient.Reply reply = bench.create("gone", Json.object().put("kty", "EC-HSM"));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("Conflict");
    assertThat(reply.innerCode()).isEqualTo("ObjectIsDeletedButRecoverable");
  }

  @Tag("azure-28")
  @Test
  void saysThatThereIsNoSuchKey() {
    LabClient.Reply reply = get("/keys/nobody");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.code()).isEqualTo("KeyNotFound");
    assertThat(reply.message()).startsWith("A key with (name/id) nobody was not found");
  }

  @Test
  void keepsKeysInTheState() {
    bench.create("kept", VaultBench.exportable("oct-HSM", VaultBench.compliant()));

    KeyCatalog reopened = KeyCatalog.open(bench.state, "contoso");

    assertThat(reopened.find("kept").orElseThrow().current().material().exported().size())
        .isEqualTo(32);
  }

  private static LabClient.Reply get(String path) {
    return send("GET", path, "");
  }

  private static LabClient.Reply send(String method, String path, String moreQuery) {
    return bench.send(method, path + VaultBench.VERSION + moreQuery, bench.officer(), "");
  }

  private static LabClient.Reply patch(String path, ObjectNode body) {
    return bench.send("PATCH", path + VaultBench.VERSION, bench.officer(), body.toString());
  }

  private static String kid(LabClient.Reply reply) {
    return reply.json().at("/key/kid").asText();
  }
}
