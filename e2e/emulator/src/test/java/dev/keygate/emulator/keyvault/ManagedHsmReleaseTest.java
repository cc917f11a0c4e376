package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Managed HSM refuses to release what a vault refuses, in its own words. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class ManagedHsmReleaseTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    ObjectNode key = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    create("orders", key);
    ObjectNode disabled = key.deepCopy();
    disabled.withObject("/attributes").put("enabled", false);
    create("disabled", disabled);
    ObjectNode outdated = key.deepCopy();
    outdated.withObject("/attributes").put("nbf", 1).put("exp", 2);
    create("out-of-date", outdated);
    create("plain", Json.object().put("kty", "EC-HSM"));
  }

  @AfterAll
  static void end() {
    bench.close();
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

    LabClient.Reply reply = release("/keys/orders", Json.object().put("target", token).toString());

    assertThat(reply.status()).as(defect).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("Forbidden");
    assertThat(reply.innerCode()).isEqualTo("AccessDenied");
    assertThat(reply.message()).isEqualTo(text + activity(reply));
    Decision decision = bench.lastDecision();
    assertThat(decision.host()).isEqualTo("contoso.managedhsm.azure.net");
    assertThat(decision.subject()).isEqualTo(VaultBench.HSM_URL + "/keys/orders");
    assertThat(decision.caller()).isEqualTo(VaultBench.RELEASER.objectId().toString());
    assertThat(decision.outcome()).isEqualTo(Decision.Outcome.DENIED);
    assertThat(decision.check()).isEqualTo(check);
    assertThat(reply.text()).doesNotContain(check);
  }

  @Tag("azure-14")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"target\":\"\"}",
        "{\"target\":null}",
        "{\"target\":\"a.b.c\",\"enc\":\"RSA-OAEP\"}",
        "{\"target\":\"a.b.c\",\"enc\":\"rsa_aes_key_wrap_256\"}",
        "nothing"
      })
  void refusesMalformedRequest(String body) {
    LabClient.Reply reply = release("/keys/orders", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
    assertThat(reply.message()).endsWith(activity(reply));
  }

  @Tag("azure-13")
  @Test
  void refusesDisabledKey() {
    LabClient.Reply reply = release("/keys/disabled", target());

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.innerCode()).isEqualTo("KeyDisabled");
    assertThat(reply.message())
        .isEqualTo("Operation release is not allowed on a disabled key." + activity(reply));
  }

  @Tag("azure-13")
  @Test
  void releasesOutsideTheKeysValidity() {
    assertThat(release("/keys/out-of-date", target()).status()).isEqualTo(200);
  }

  @Tag("azure-28")
  @ParameterizedTest
  @CsvSource({
    "/keys/nobody, 404",
    "/keys/orders/00000000000000000000000000000000, 404",
    "/keys/plain, 400"
  })
  void refusesWhatCannotBeReleased(String path, int status) {
    LabClient.Reply reply = release(path, target());

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(status == 404 ? "KeyNotFound" : "BadParameter");
    assertThat(reply.message()).endsWith(activity(reply));
  }

  @Tag("azure-27")
  @Test
  void releasesNoDeletedKeyUntilItIsRecovered() {
    create("gone", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
    bench.manageHsm("DELETE", "/keys/gone", Json.object());

    LabClient.Reply deleted = release("/keys/gone", target());
    bench.manageHsm("POST", "/deletedkeys/gone/recover", Json.object());

    assertThat(deleted.status()).isEqualTo(404);
    assertThat(deleted.message()).startsWith("A key with (name/id) gone was not found");
    assertThat(release("/keys/gone", target()).status()).isEqualTo(200);
  }

  @Tag("azure-11")
  @Test
  void keepsThePolicyOfARotatedKey() {
    create("rotated", VaultBench.exportable("EC-HSM", VaultBench.compliant()));

    LabClient.Reply rotated = bench.manageHsm("POST", "/keys/rotated/rotate", Json.object());

    assertThat(rotated.json().at("/attributes/exportable").asBoolean()).isTrue();
    assertThat(rotated.json().at("/release_policy/data"))
        .isEqualTo(VaultBench.carrier(VaultBench.compliant()).path("data"));
    assertThat(release("/keys/rotated", target()).status()).isEqualTo(200);
  }

  @Tag("azure-09")
  @Test
  void setsNoPolicyOnAVersion() {
    String kid =
        create("versioned", VaultBench.exportable("EC-HSM", VaultBench.compliant()))
            .json()
            .at("/key/kid")
            .asText();
    ObjectNode policy = Json.object();
    policy.set("release_policy", VaultBench.carrier(VaultBench.compliant()));

    LabClient.Reply reply =
        bench.manageHsm("PATCH", kid.substring(VaultBench.HSM_URL.length()), policy);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message())
        .startsWith("Key Release Policy can only be set on versionless key")
        .doesNotContain("AKV.SKR");
  }

  @Tag("azure-03")
  @ParameterizedTest
  @ValueSource(strings = {"", "?api-version=", "?api-version=7.99", "?api-version=latest"})
  void refusesUnknownApiVersion(String version) {
    LabClient.Reply reply =
        bench.sendTo("GET", VaultBench.HSM_URL + "/keys" + version, bench.forManagedHsm(), "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).endsWith(activity(reply));
  }

  @Tag("azure-30")
  @ParameterizedTest
  @CsvSource({"1, 200", "25, 200", "0, 400", "26, 400", "x, 400"})
  void pagesAsAVaultDoes(String size, int status) {
    LabClient.Reply reply =
        bench.sendTo(
            "GET",
            VaultBench.HSM_URL + "/keys" + VaultBench.VERSION + "&maxresults=" + size,
            bench.forManagedHsm(),
            "");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("nextLink").asText(VaultBench.HSM_URL))
        .matches("null|" + VaultBench.HSM_URL + ".*");
  }

  private static String activity(LabClient.Reply reply) {
    return " (Activity ID: " + reply.headers().get("x-ms-request-id") + ")";
  }

  private static LabClient.Reply create(String name, ObjectNode body) {
    return bench.manageHsm("POST", "/keys/" + name + "/create", body);
  }

  private static String target() {
    return Json.object().put("target", bench.authority.token()).toString();
  }

  private static LabClient.Reply release(String path, String body) {
    return bench.sendTo(
        "POST",
        VaultBench.HSM_URL + path + "/release" + VaultBench.VERSION,
        bench.forManagedHsm(VaultBench.RELEASER),
        body);
  }
}
