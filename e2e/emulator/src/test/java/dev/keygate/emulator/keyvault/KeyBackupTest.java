package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBackupTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Test
  void bringsBackAllVersionsWithPolicyAndAttributes() {
    ObjectNode body = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    body.putObject("tags").put("team", "orders");
    bench.create("orders", body);
    bench.create("orders", Json.object().put("kty", "EC-HSM"));
    LabClient.Reply before = bench.manage("GET", "/keys/orders", Json.object());
    LabClient.Reply copy = backup("orders");
    forget("orders");

    LabClient.Reply restored = restore(copy);

    assertThat(restored.status()).isEqualTo(200);
    assertThat(restored.json()).isEqualTo(before.json());
    assertThat(bench.manage("GET", "/keys/orders/versions", Json.object()).json().path("value"))
        .hasSize(2);
    assertThat(bench.release("/keys/orders").status()).isEqualTo(200);
  }

  @Test
  void showsNothingOfTheKey() {
    bench.create("hidden", Json.object().put("kty", "oct-HSM"));

    String one = backup("hidden").json().path("value").asText();

    assertThat(one).matches("[A-Za-z0-9_-]{100,}");
    assertThat(backup("hidden").json().path("value").asText()).isNotEqualTo(one);
  }

  @Test
  void refusesNameOfAnExistingKey() {
    bench.create("taken", Json.object().put("kty", "EC-HSM"));

    LabClient.Reply reply = restore(backup("taken"));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("Conflict");
  }

  @Test
  void refusesNameOfADeletedKey() {
    bench.create("gone", Json.object().put("kty", "EC-HSM"));
    LabClient.Reply copy = backup("gone");
    bench.manage("DELETE", "/keys/gone", Json.object());

    assertThat(restore(copy).innerCode()).isEqualTo("ObjectIsDeletedButRecoverable");
  }

  @Test
  void refusesCopyOfAnotherServiceOrTenant() {
    bench.create("apart", Json.object().put("kty", "EC-HSM"));
    ObjectNode copy = (ObjectNode) backup("apart").json();

    LabClient.Reply reply = bench.manageHsm("POST", "/keys/restore", copy);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(bench.manageHsm("GET", "/keys/apart", Json.object()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"value\":\"\"}", "{\"value\":7}", "{\"value\":\"AAAA\"}", "[]"})
  void refusesWhatIsNoCopy(String body) {
    LabClient.Reply reply =
        bench.send("POST", "/keys/restore" + VaultBench.VERSION, bench.officer(), body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
  }

  @Test
  void refusesCopyWithOneBitChanged() {
    bench.create("flipped", Json.object().put("kty", "EC-HSM"));
    String copy = backup("flipped").json().path("value").asText();
    forget("flipped");
    String changed = (copy.charAt(40) == 'A' ? 'B' : 'A') + "";

    LabClient.Reply reply =
        bench.manage(
            "POST",
            "/keys/restore",
            Json.object().put("value", copy.substring(0, 40) + changed + copy.substring(41)));

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void leavesTheNameRestoreToKeys() {
    assertThat(bench.create("restore", Json.object().put("kty", "EC-HSM")).status()).isEqualTo(200);
    assertThat(bench.manage("GET", "/keys/restore", Json.object()).status()).isEqualTo(200);
  }

  private static LabClient.Reply backup(String name) {
    return bench.manage("POST", "/keys/" + name + "/backup", Json.object());
  }

  private static LabClient.Reply restore(LabClient.Reply copy) {
    return bench.manage("POST", "/keys/restore", (ObjectNode) copy.json());
  }

  private static void forget(String name) {
    bench.manage("DELETE", "/keys/" + name, Json.object());
    bench.manage("DELETE", "/deletedkeys/" + name, Json.object());
  }
}
