package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.testing.LabClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationPolicyTest {

  private static final String GOOD =
      "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P18M'},'action':{'type':'Rotate'}},"
          + "{'trigger':{'timeBeforeExpiry':'P30D'},'action':{'type':'notify'}}],"
          + "'attributes':{'expiryTime':'P2Y'}}";

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    bench.create("orders", Json.object().put("kty", "EC-HSM"));
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Test
  void hasADefault() {
    bench.create("untouched", Json.object().put("kty", "EC-HSM"));

    JsonNode policy = get("untouched").json();

    assertThat(policy.at("/lifetimeActions/0/action/type").asText()).isEqualTo("Notify");
    assertThat(policy.at("/lifetimeActions/0/trigger/timeBeforeExpiry").asText()).isEqualTo("P30D");
    assertThat(policy.path("attributes")).isEmpty();
  }

  @Test
  void keepsWhatWasSet() {
    LabClient.Reply set = set("orders", GOOD);

    assertThat(set.status()).isEqualTo(200);
    assertThat(get("orders").json()).isEqualTo(set.json());
    assertThat(set.json().path("id").asText())
        .isEqualTo(VaultBench.URL + "/keys/orders/rotationpolicy");
    assertThat(set.json().at("/lifetimeActions/0/trigger/timeAfterCreate").asText())
        .isEqualTo("P18M");
    assertThat(set.json().at("/lifetimeActions/1/action/type").asText()).isEqualTo("Notify");
    assertThat(set.json().at("/attributes/created").isIntegralNumber()).isTrue();
    assertThat(KeyCatalog.open(bench.state, "contoso").find("orders").orElseThrow().rotation())
        .isPresent();
  }

  @Test
  void datesRotatedVersions() {
    bench.create("dated", Json.object().put("kty", "EC-HSM"));
    set("dated", GOOD);

    LabClient.Reply rotated = bench.manage("POST", "/keys/dated/rotate", Json.object());

    Instant expiry = Instant.ofEpochSecond(rotated.json().at("/attributes/exp").asLong());
    assertThat(Duration.between(bench.time.now(), expiry)).isBetween(days(729), days(732));
  }

  @Test
  void isThereOnManagedHsmToo() {
    bench.manageHsm("POST", "/keys/orders/create", Json.object().put("kty", "EC-HSM"));

    assertThat(bench.manageHsm("PUT", "/keys/orders/rotationpolicy", body(GOOD)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'lifetimeActions':{}}",
        "{'lifetimeActions':['Rotate']}",
        "{'lifetimeActions':[{'trigger':{},'action':{'type':'Rotate'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P30D'},'action':{'type':'Purge'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P30D'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P6D'},'action':{'type':'Rotate'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'PT9H'},'action':{'type':'Rotate'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'-P9D'},'action':{'type':'Rotate'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':30},'action':{'type':'Rotate'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P30D','timeBeforeExpiry':'P30D'},'action':{'type':'Rotate'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeBeforeExpiry':'P30D'},'action':{'type':'Rotate'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P30D'},'action':{'type':'Notify'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P30D'},'action':{'type':'Rotate'}},{'trigger':{'timeAfterCreate':'P40D'},'action':{'type':'Rotate'}}]}",
        "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P95D'},'action':{'type':'Rotate'}}],'attributes':{'expiryTime':'P100D'}}",
        "{'attributes':{'expiryTime':'P27D'}}",
        "{'attributes':{'expiryTime':'P200Y'}}",
        "{'attributes':{'expiryTime':'P999999999Y'}}",
        "{'attributes':{'expiryTime':'P99999999999D'}}",
        "{'attributes':{'expiryTime':'two years'}}",
        "[]",
        ""
      })
  void refuses(String policy) {
    LabClient.Reply before = get("orders");

    LabClient.Reply reply = set("orders", policy);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
    assertThat(get("orders").json()).isEqualTo(before.json());
  }

  @Test
  void refusesKeyThatThereIsNot() {
    assertThat(set("nobody", GOOD).status()).isEqualTo(404);
    assertThat(get("nobody").status()).isEqualTo(404);
  }

  private static LabClient.Reply get(String name) {
    return bench.manage("GET", "/keys/" + name + "/rotationpolicy", Json.object());
  }

  private static LabClient.Reply set(String name, String policy) {
    return bench.send(
        "PUT",
        "/keys/" + name + "/rotationpolicy" + VaultBench.VERSION,
        bench.officer(),
        policy.replace('\'', '"'));
  }

  private static ObjectNode body(String policy) {
    try {
      return Json.parseObject(policy.replace('\'', '"'));
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
