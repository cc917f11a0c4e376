package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked of a vault, it answers in Azure's shape and never with a defect of its own. */
class AnyRequestTest {

  private static final int REQUESTS_OF_EACH_SERVICE = 5_000;
  private static final long SEED = 20_261;
  private static final Set<Integer> STATUSES = Set.of(200, 204, 400, 403, 404, 405, 409);

  private static LocalVault vault;
  private static LocalVault managedHsm;

  @BeforeAll
  static void start() {
    vault = new LocalVault("contoso.vault.azure.net");
    managedHsm = new LocalVault("contoso.managedhsm.azure.net");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /keys",
        "GET /keys/NAME",
        "GET /keys/NAME/VERSION",
        "GET /keys/NAME/versions",
        "GET /deletedkeys",
        "GET /deletedkeys/NAME",
        "POST /keys/NAME/create",
        "PUT /keys/NAME",
        "PATCH /keys/NAME",
        "PATCH /keys/NAME/VERSION",
        "DELETE /keys/NAME",
        "POST /deletedkeys/NAME/recover",
        "DELETE /deletedkeys/NAME",
        "POST /keys/NAME/backup",
        "POST /keys/restore",
        "POST /keys/NAME/rotate",
        "GET /keys/NAME/rotationpolicy",
        "PUT /keys/NAME/rotationpolicy",
        "POST /keys/NAME/encrypt",
        "POST /keys/NAME/VERSION/decrypt",
        "POST /keys/NAME/sign",
        "POST /keys/NAME/VERSION/verify",
        "POST /keys/NAME/wrapkey",
        "POST /keys/NAME/VERSION/unwrapkey",
        "POST /keys/NAME/release",
        "POST /keys/NAME/VERSION/release",
        "POST /rng",
        "GET /NAME/VERSION"
      })
  void isAnswered(String route) {
    answered(vault, route);
    answered(managedHsm, route);
  }

  @Test
  void challengesAnyAuthorization() {
    RandomRequests requests = new RandomRequests(SEED);
    String token = vault.authority.token();
    for (int i = 0; i < 2 * REQUESTS_OF_EACH_SERVICE; i++) {
      String authorization = requests.noise("Bearer " + token);
      HttpResponse response =
          vault.vault.answer(
              new HttpRequest(
                  "GET", "/keys", Map.of(), Map.of("Authorization", authorization), ""));

      assertThat(response.status()).as(authorization).isEqualTo(401);
      assertThat(response.headers()).containsKey("WWW-Authenticate");
    }
  }

  @Tag("azure-31")
  @ParameterizedTest
  @ValueSource(ints = {400, 413, 429, 500, 503})
  void hasItsShapeForFailuresBesideIt(int status) throws MalformedTextException {
    JsonNode ofVault = Json.parseObject(vault.vault.failure(status, "No.").body()).path("error");
    HttpResponse ofHsm = managedHsm.vault.failure(status, "No.");

    assertThat(ofVault.path("code").asText()).isNotEmpty();
    assertThat(ofVault.path("message").asText()).isEqualTo("No.");
    assertThat(Json.parseObject(ofHsm.body()).at("/error/message").asText())
        .isEqualTo("No. (Activity ID: " + ofHsm.headers().get("x-ms-request-id") + ")");
  }

  private static void answered(LocalVault vault, String route) {
    RandomRequests requests = new RandomRequests(SEED);
    List<String> names = names(route);
    List<String> known = prepare(vault, route, names);
    List<ObjectNode> bodies = bodies(vault, route);
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < REQUESTS_OF_EACH_SERVICE; i++) {
      ObjectNode body = bodies.get(i % bodies.size());
      HttpRequest request =
          requests.next(route, known, () -> requests.changed(withToken(vault, requests, body)));
      HttpResponse response = vault.answer(request);
      statuses.merge(response.status(), 1, Integer::sum);
      requireAzuresShape(request, response);
      if (i % 250 == 249) {
        known = prepare(vault, route, names);
      }
    }
    assertThat(statuses.keySet()).as(route).isSubsetOf(STATUSES);
    // Requests that all fail early would prove nothing of what comes later.
    boolean isReached = statuses.containsKey(200) || statuses.containsKey(204);
    boolean isThere = !route.startsWith("GET /NAME") && isOffered(vault, route);
    assertThat(isReached).as("%s %s", route, statuses).isEqualTo(isThere);
  }

  private static boolean isOffered(LocalVault vault, String route) {
    return !route.endsWith("/rng") || vault == managedHsm;
  }

  private static void requireAzuresShape(HttpRequest request, HttpResponse response) {
    if (response.status() < 400) {
      return;
    }
    JsonNode error;
    try {
      error = Json.parseObject(response.body()).path("error");
    } catch (MalformedTextException e) {
      throw new AssertionError("no JSON answers " + request, e);
    }
    assertThat(error.path("code").asText()).as("%s", request).isNotEmpty();
    assertThat(error.path("message").asText())
        .as("%s", request)
        .isNotEmpty()
        .doesNotContain("Exception", "java.", "dev.keygate");
  }

  /** RSA keys are made slowly: only for what uses them. */
  private static List<String> names(String route) {
    return route.matches(".*/(encrypt|decrypt|sign|verify|wrapkey|unwrapkey)")
        ? List.of("curve", "octets", "rsa")
        : List.of("curve", "octets", "open");
  }

  /** Has the keys that requests are about, also after others changed or removed them. */
  private static List<String> prepare(LocalVault vault, String route, List<String> names) {
    vault.catalog.all().stream()
        .map(VaultKey::name)
        .filter(name -> !names.contains(name))
        .forEach(vault.catalog::remove);
    List<String> known = new ArrayList<>();
    for (String name : names) {
      Optional<VaultKey> key = vault.catalog.find(name);
      boolean isDeleted = key.filter(one -> one.deletedAt().isPresent()).isPresent();
      if (key.isEmpty() || isDeleted || key.get().versions().size() > 50) {
        vault.catalog.remove(name);
        ObjectNode body =
            switch (name) {
              case "curve" -> Json.object().put("kty", "EC-HSM");
              case "octets" -> Json.object().put("kty", "oct-HSM").put("key_size", 128);
              case "rsa" -> Json.object().put("kty", "RSA-HSM");
              default -> VaultBench.exportable("oct-HSM", VaultBench.compliant());
            };
        vault.send("POST", "/keys/" + name + "/create", body);
      }
      if (route.contains("/deletedkeys")) {
        vault.send("DELETE", "/keys/" + name, Json.object());
      }
      known.add(name + "/" + vault.catalog.find(name).orElseThrow().current().id());
    }
    return known;
  }

  private static ObjectNode withToken(LocalVault vault, RandomRequests requests, ObjectNode body) {
    if (!body.has("target") || !requests.chance(10)) {
      return body;
    }
    String token = vault.authority.token(requests::mutate, header -> {});
    return body.deepCopy().put("target", token);
  }

  private static List<ObjectNode> bodies(LocalVault vault, String route) {
    String octets = Base64Text.url(new byte[32]);
    String operation = route.substring(route.lastIndexOf('/') + 1);
    return switch (operation) {
      case "create" ->
          List.of(
              VaultBench.exportable("oct-HSM", VaultBench.compliant()),
              Json.object().put("kty", "EC-HSM").put("crv", "P-256"));
      case "NAME" ->
          List.of(
              imported(octets),
              VaultBench.exportable("oct-HSM", VaultBench.compliant()).put("hsm", true));
      case "restore" -> List.of(Json.object().put("value", backup(vault)));
      case "rotationpolicy" -> List.of(rotation());
      case "decrypt", "unwrapkey" -> List.of(ciphertext(vault, octets), crypto("A128KW", octets));
      case "encrypt", "wrapkey" ->
          List.of(
              crypto("RSA-OAEP", octets),
              crypto("A128GCM", octets).put("aad", "AAAA").put("iv", "AAAA").put("tag", octets),
              crypto("A128KW", octets),
              crypto("A128CBCPAD", octets).put("iv", Base64Text.url(new byte[16])));
      case "sign", "verify" ->
          List.of(
              crypto("ES256", octets).put("digest", octets),
              crypto("PS256", octets).put("digest", octets));
      case "release" ->
          List.of(
              Json.object()
                  .put("target", vault.authority.token())
                  .put("enc", "RSA_AES_KEY_WRAP_256")
                  .put("nonce", "n"));
      case "rng" -> List.of(Json.object().put("count", 16));
      default -> List.of(Json.object());
    };
  }

  private static ObjectNode imported(String octets) {
    ObjectNode body = VaultBench.exportable("", VaultBench.compliant()).put("Hsm", true);
    body.putObject("key").put("kty", "oct").put("k", octets).putArray("key_ops").add("encrypt");
    return body;
  }

  private static ObjectNode rotation() {
    ObjectNode policy = Json.object();
    ObjectNode action = policy.putArray("lifetimeActions").addObject();
    action.putObject("trigger").put("timeAfterCreate", "P30D");
    action.putObject("action").put("type", "Rotate");
    policy.putObject("attributes").put("expiryTime", "P90D");
    return policy;
  }

  private static ObjectNode crypto(String algorithm, String value) {
    return Json.object().put("alg", algorithm).put("value", value);
  }

  /** Of a key whose name is free again. */
  private static String backup(LocalVault vault) {
    vault.send("POST", "/keys/spare/create", Json.object().put("kty", "oct-HSM"));
    String body = vault.send("POST", "/keys/spare/backup", Json.object()).body();
    vault.catalog.remove("spare");
    try {
      return Json.parseObject(body).path("value").asText();
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode ciphertext(LocalVault vault, String octets) {
    String answer = vault.send("POST", "/keys/rsa/encrypt", crypto("RSA-OAEP", octets)).body();
    try {
      return crypto("RSA-OAEP", Json.parseObject(answer).path("value").asText());
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }
}
