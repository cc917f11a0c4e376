package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRotationTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-11")
  @ParameterizedTest
  @CsvSource({
    "RSA-HSM, key_size, 3072, n",
    "EC-HSM, crv, P-384, x",
    "EC-HSM, crv, P-256K, x",
    "oct-HSM, key_size, 128, kid"
  })
  void makesANewVersionLikeTheCurrentOne(String kty, String member, String value, String material) {
    String name = kty.toLowerCase(Locale.ROOT) + value.toLowerCase(Locale.ROOT);
    ObjectNode body = VaultBench.exportable(kty, VaultBench.compliant());
    body.putObject("tags").put("team", "orders");
    if (member.equals("crv")) {
      body.put(member, value);
    } else {
      body.put(member, Integer.parseInt(value));
    }
    LabClient.Reply first = bench.create(name, body);

    LabClient.Reply second = rotate(name);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().at("/key/" + material))
        .isNotEqualTo(first.json().at("/key/" + material));
    assertThat(second.json().at("/key/" + material).asText())
        .hasSameSizeAs(first.json().at("/key/" + material).asText());
    for (String same : new String[] {"/key/kty", "/key/crv", "/key/key_ops", "/tags"}) {
      assertThat(second.json().at(same)).isEqualTo(first.json().at(same));
    }
    assertThat(second.json().path("release_policy")).isEqualTo(first.json().path("release_policy"));
    assertThat(second.json().at("/attributes/exportable").asBoolean()).isTrue();
  }

  @Test
  void leavesTheEarlierVersionAndMakesTheNewOneCurrent() {
    String first = kid(create("kept"));

    String second = kid(rotate("kept"));

    assertThat(kid(get("/keys/kept"))).isEqualTo(second);
    assertThat(kid(get(first.substring(VaultBench.URL.length())))).isEqualTo(first);
    assertThat(get("/keys/kept/versions").json().path("value")).hasSize(2);
  }

  @Test
  void beginsWithoutTheValidityOfTheEarlierVersion() {
    ObjectNode body = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    body.withObject("/attributes").put("exp", 4_000_000_000L);
    bench.create("dated", body);

    assertThat(rotate("dated").json().at("/attributes/exp").isMissingNode()).isTrue();
  }

  @Tag("azure-11")
  @Test
  void refusesDisabledKey() {
    create("disabled");
    ObjectNode change = Json.object();
    change.putObject("attributes").put("enabled", false);
    bench.send("PATCH", "/keys/disabled?api-version=7.4", bench.officer(), change.toString());

    LabClient.Reply reply = rotate("disabled");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.innerCode()).isEqualTo("KeyDisabled");
    assertThat(get("/keys/disabled/versions").json().path("value")).hasSize(1);
  }

  @Test
  void refusesKeyThatThereIsNot() {
    assertThat(rotate("nobody").status()).isEqualTo(404);
  }

  @Tag("azure-27")
  @Test
  void refusesDeletedKey() {
    create("gone");
    bench.send("DELETE", "/keys/gone?api-version=7.4", bench.officer(), "");

    assertThat(rotate("gone").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"GET, 7.4, 405", "PATCH, 7.4, 405", "POST, 7.2, 404"})
  void refusesOtherMethodsAndOldApiVersions(String method, String apiVersion, int status) {
    create("other" + method.toLowerCase(Locale.ROOT) + status);
    String path = "/keys/other" + method.toLowerCase(Locale.ROOT) + status + "/rotate";

    assertThat(
            bench.send(method, path + "?api-version=" + apiVersion, bench.officer(), "").status())
        .isEqualTo(status);
  }

  @Test
  void refusesWhoMayNotRotate() {
    create("guarded");

    LabClient.Reply reply =
        bench.send("POST", "/keys/guarded/rotate" + VaultBench.VERSION, bench.reader(), "");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.innerCode()).isEqualTo("ForbiddenByRbac");
  }

  private static LabClient.Reply create(String name) {
    return bench.create(name, VaultBench.exportable("EC-HSM", VaultBench.compliant()));
  }

  private static LabClient.Reply rotate(String name) {
    return bench.send(
        "POST", "/keys/" + name + "/rotate" + VaultBench.VERSION, bench.officer(), "");
  }

  private static LabClient.Reply get(String path) {
    return bench.send("GET", path + VaultBench.VERSION, bench.officer(), "");
  }

  private static String kid(LabClient.Reply reply) {
    return reply.json().at("/key/kid").asText();
  }
}
