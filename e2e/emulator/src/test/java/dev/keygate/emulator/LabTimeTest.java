package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.GuestSession;
import dev.keygate.emulator.testing.LabClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every service reads the lab's one clock, and says nothing of why it refused. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
@Tag("azure-44")
class LabTimeTest {

  private static final Duration LATER = Duration.ofHours(9);
  private static final String POLICY =
      "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\""
          + SharedLab.MAA
          + "\",\"allOf\":[{\"claim\":\"x-ms-isolation-tee.x-ms-compliance-status\","
          + "\"equals\":\"azure-compliant-cvm\"}]}]}";

  @TempDir private static Path folder;
  private static SharedLab shared;

  @BeforeAll
  static void start() throws IOException {
    shared = new SharedLab(folder);
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @Test
  void hasEveryServiceJudgeByOneClock() throws Exception {
    Instant begun = shared.lab.clock().now();
    String early = attestationToken();
    create("timed");
    assertThat(release("timed", early).status()).isEqualTo(200);
    String pem = collateral();

    shared.lab.clock().advance(LATER);

    Instant after = begun.plus(LATER).minusSeconds(1);
    LabClient.Reply refused = release("timed", early);
    assertThat(refused.status()).isEqualTo(403);
    Decision decision = shared.lab.decisions().getLast();
    assertThat(decision.check()).isEqualTo("exp");
    assertThat(decision.at()).isAfter(after);
    assertThat(refused.message())
        .isEqualTo("Target environment attestation statement cannot be verified.");

    String late = attestationToken();
    assertThat(seconds(late, "iat")).isGreaterThan(after.getEpochSecond());
    assertThat(seconds(shared.lab.vaultToken("cvm-1"), "nbf"))
        .isGreaterThan(after.getEpochSecond());
    assertThat(create("later").at("/attributes/created").asLong())
        .isGreaterThan(after.getEpochSecond());
    assertThat(release("timed", late).status()).isEqualTo(200);
    assertThat(collateral()).isEqualTo(pem);
  }

  @Test
  void recordsWhoAskedForWhatAndWhichConditionFailed() throws Exception {
    create("told");
    ObjectNode change = Json.object();
    change
        .putObject("release_policy")
        .put("data", encoded(POLICY.replace("azure-compliant-cvm", "azure-compliant-uvm")));
    vault("PATCH", "/keys/told", "operator", change);

    LabClient.Reply refused = release("told", attestationToken());

    Decision decision = shared.lab.decisions().getLast();
    assertThat(decision.operation()).isEqualTo("KeyRelease");
    assertThat(decision.host()).isEqualTo("contoso.vault.azure.net");
    assertThat(decision.caller()).isEqualTo(shared.lab.principal("cvm-1").objectId().toString());
    assertThat(decision.subject()).isEqualTo(shared.lab.vaultUrl("contoso") + "/keys/told");
    assertThat(decision.outcome()).isEqualTo(Decision.Outcome.DENIED);
    assertThat(decision.check()).isEqualTo("anyOf[0].allOf[0]");
    assertThat(decision.detail()).contains("azure-compliant-uvm");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo("Target environment attestation does not meet key release policy requirements");
    assertThat(refused.text()).doesNotContain("compliant", "anyOf", "allOf");
    assertThat(shared.client.direct("GET", shared.lab.adminUrl() + "/decisions", "").text())
        .contains("azure-compliant-uvm");
  }

  private static String attestationToken() throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      JsonNode answer = shared.attest(guest.attestationInfo()).json();
      return guest.open(answer.path("token").asText());
    }
  }

  private static String collateral() {
    return shared
        .imds(shared.lab.machine("cvm-1"), "/metadata/THIM/amd/certification")
        .json()
        .path("tcbm")
        .asText();
  }

  private static JsonNode create(String name) {
    ObjectNode body = Json.object().put("kty", "EC-HSM");
    body.putObject("attributes").put("exportable", true);
    body.putObject("release_policy").put("data", encoded(POLICY));
    return vault("POST", "/keys/" + name + "/create", "operator", body).json();
  }

  private static LabClient.Reply release(String name, String token) {
    return vault("POST", "/keys/" + name + "/release", "cvm-1", Json.object().put("target", token));
  }

  private static LabClient.Reply vault(
      String method, String path, String principal, ObjectNode body) {
    return shared.client.send(
        method,
        shared.lab.vaultUrl("contoso") + path + "?api-version=7.4",
        body.toString(),
        "Authorization",
        "Bearer " + shared.lab.vaultToken(principal));
  }

  private static long seconds(String token, String claim) throws Exception {
    return CompactJws.parse(token).unverifiedClaims().path(claim).asLong();
  }

  private static String encoded(String policy) {
    return Base64Text.url(policy.getBytes(UTF_8));
  }
}
