package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a vault does by itself as the lab's clock goes on. */
class UpkeepTest {

  private static final String AFTER_30_DAYS =
      "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P30D'},'action':{'type':'Rotate'}}]}";
  private static final String BEFORE_EXPIRY =
      "{'lifetimeActions':[{'trigger':{'timeBeforeExpiry':'P10D'},'action':{'type':'Rotate'}}],"
          + "'attributes':{'expiryTime':'P40D'}}";

  private static LocalVault local;

  @BeforeAll
  static void make() {
    local = new LocalVault("contoso.vault.azure.net");
  }

  @BeforeEach
  void start() {
    local.catalog.remove("orders");
    local.send(
        "POST", "/keys/orders/create", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
  }

  @Tag("azure-27")
  @Test
  void purgesADeletedKeyWhenItsTimeIsOver() {
    local.send("DELETE", "/keys/orders", Json.object());

    local.time.shift(Duration.ofDays(89));
    assertThat(get("/deletedkeys/orders").status()).isEqualTo(200);
    local.time.shift(Duration.ofDays(1).plusSeconds(1));
    assertThat(get("/deletedkeys/orders").status()).isEqualTo(404);
    assertThat(
            local.send("POST", "/keys/orders/create", Json.object().put("kty", "EC-HSM")).status())
        .isEqualTo(200);
  }

  @Tag("azure-11")
  @Test
  void rotatesAKeyAfterItsTime() {
    setPolicy(AFTER_30_DAYS);

    local.time.shift(Duration.ofDays(29));
    assertThat(versions()).isEqualTo(1);
    local.time.shift(Duration.ofDays(2));
    assertThat(versions()).isEqualTo(2);
    assertThat(versions()).isEqualTo(2);
    local.time.shift(Duration.ofDays(31));
    assertThat(versions()).isEqualTo(3);
    assertThat(local.catalog.find("orders").orElseThrow().policy()).isPresent();
  }

  @Test
  void rotatesAKeyBeforeItExpires() {
    setPolicy(BEFORE_EXPIRY);
    local.time.shift(Duration.ofDays(365));
    assertThat(versions()).isEqualTo(1);

    local.send("POST", "/keys/orders/rotate", Json.object());
    local.time.shift(Duration.ofDays(29));
    assertThat(versions()).isEqualTo(2);
    local.time.shift(Duration.ofDays(2));
    assertThat(versions()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled", "deleted", "notified only"})
  void leavesAloneAKeyThatIs(String state) {
    setPolicy(AFTER_30_DAYS);
    ObjectNode disabled = Json.object();
    disabled.putObject("attributes").put("enabled", false);
    switch (state) {
      case "disabled" -> local.send("PATCH", "/keys/orders", disabled);
      case "deleted" -> local.send("DELETE", "/keys/orders", Json.object());
      default -> setPolicy("{}");
    }

    local.time.shift(Duration.ofDays(60));
    get("/keys");

    assertThat(local.catalog.find("orders").orElseThrow().versions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 253_402_300_800L})
  void survivesAnyExpiry(long seconds) {
    setPolicy(BEFORE_EXPIRY);
    ObjectNode change = Json.object();
    change.putObject("attributes").put("exp", seconds);
    local.send("PATCH", "/keys/orders", change);

    assertThat(get("/keys/orders").status()).isEqualTo(200);
  }

  @Test
  void rotatesOnceForManyWhoAskAtOnce() throws Exception {
    setPolicy(AFTER_30_DAYS);
    local.time.shift(Duration.ofDays(31));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse>> answers =
          IntStream.range(0, 20).mapToObj(i -> threads.submit(() -> get("/keys/orders"))).toList();
      for (Future<HttpResponse> answer : answers) {
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    }

    assertThat(local.catalog.find("orders").orElseThrow().versions()).hasSize(2);
  }

  private static int versions() {
    try {
      return Json.parseObject(get("/keys/orders/versions").body()).path("value").size();
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse get(String path) {
    return local.send("GET", path, Json.object());
  }

  private static void setPolicy(String policy) {
    try {
      ObjectNode body = Json.parseObject(policy.replace('\'', '"'));
      assertThat(local.send("PUT", "/keys/orders/rotationpolicy", body).status()).isEqualTo(200);
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }
}
