package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.emulator.keyvault.site.VaultSettings.Throttling;
import dev.keygate.emulator.testing.LabClient;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThrottlingTest {

  @Tag("azure-29")
  @ParameterizedTest
  @EnumSource(names = {"REFUSED_REQUESTS_COUNT", "REFUSED_REQUESTS_ARE_FREE"})
  void hasCreateAndReleaseShareTenInTenSeconds(Throttling throttling) throws Exception {
    try (VaultBench bench = bench(throttling)) {
      create(bench, "orders");
      for (int i = 0; i < 8; i++) {
        assertThat(bench.release("/keys/orders").status()).isEqualTo(200);
      }
      assertThat(bench.release("/keys/nobody").status()).isEqualTo(404);

      LabClient.Reply eleventh = bench.release("/keys/orders");

      assertThat(eleventh.status()).isEqualTo(429);
      assertThat(eleventh.code()).isEqualTo("Throttled");
      assertThat(bench.lastDecision().check()).isEqualTo("Throttled");
      assertThat(create(bench, "another").status()).isEqualTo(429);
      assertThat(bench.manage("POST", "/keys/orders/rotate", Json.object()).status())
          .isEqualTo(429);
      assertThat(bench.manage("GET", "/keys/orders", Json.object()).status()).isEqualTo(200);
      assertThat(bench.manage("PATCH", "/keys/orders", Json.object()).status()).isEqualTo(200);
    }
  }

  @Tag("azure-29")
  @Test
  void neverFreesWhoDoesNotWait() throws Exception {
    try (VaultBench bench = bench(Throttling.REFUSED_REQUESTS_COUNT)) {
      spend(bench);
      for (int i = 0; i < 40; i++) {
        bench.time.shift(Duration.ofMillis(500));
        LabClient.Reply reply = bench.release("/keys/orders");
        assertThat(reply.status()).as("half second %d", i).isEqualTo(429);
        assertThat(reply.headers()).doesNotContainKey("retry-after");
      }
      bench.time.shift(Duration.ofSeconds(10));
      assertThat(bench.release("/keys/orders").status()).isEqualTo(200);
    }
  }

  @Tag("azure-29")
  @Test
  void saysWhenToComeAgainWhereRefusedRequestsAreFree() throws Exception {
    try (VaultBench bench = bench(Throttling.REFUSED_REQUESTS_ARE_FREE)) {
      spend(bench);
      int wait = Integer.parseInt(bench.release("/keys/orders").headers().get("retry-after"));

      bench.time.shift(Duration.ofSeconds(wait));

      assertThat(wait).isBetween(1, 10);
      assertThat(bench.release("/keys/orders").status()).isEqualTo(200);
    }
  }

  @Tag("azure-29")
  @Test
  void countsSoftwareKeysApart() throws Exception {
    try (VaultBench bench = bench(Throttling.REFUSED_REQUESTS_COUNT)) {
      spend(bench);
      for (int i = 0; i < 20; i++) {
        assertThat(bench.create("soft", Json.object().put("kty", "EC")).status()).isEqualTo(200);
      }
      assertThat(bench.create("soft", Json.object().put("kty", "EC")).status()).isEqualTo(429);
    }
  }

  @Tag("azure-29")
  @Test
  void countsNothingOfThoseWhoMayNot() throws Exception {
    try (VaultBench bench = bench(Throttling.REFUSED_REQUESTS_COUNT)) {
      create(bench, "orders");
      for (int i = 0; i < 12; i++) {
        bench.send("POST", "/keys/orders/release" + VaultBench.VERSION, bench.reader(), "{}");
      }
      assertThat(bench.release("/keys/orders").status()).isEqualTo(200);
    }
  }

  @Tag("azure-29")
  @Test
  void countsRequestsThatLeadToNoKey() throws Exception {
    try (VaultBench bench = bench(Throttling.REFUSED_REQUESTS_COUNT)) {
      for (int i = 0; i < 4; i++) {
        bench.create("never", Json.object().put("kty", "unknown"));
        bench.manage("POST", "/keys/nobody/rotate", Json.object());
        bench.send("POST", "/keys/k/create" + VaultBench.VERSION, bench.officer(), "{");
      }
      assertThat(create(bench, "orders").status()).isEqualTo(429);
    }
  }

  @Tag("azure-29")
  @Test
  void limitsNoManagedHsmAndNoOtherVault() throws Exception {
    try (VaultBench bench = bench(Throttling.REFUSED_REQUESTS_COUNT)) {
      bench.manageHsm(
          "POST", "/keys/orders/create", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
      for (int i = 0; i < 12; i++) {
        assertThat(bench.releaseOfHsm("/keys/orders").status()).isEqualTo(200);
      }
      assertThat(create(bench, "orders").status()).isEqualTo(200);
    }
  }

  @Tag("azure-29")
  @Test
  void isOffUnlessTold() throws Exception {
    try (VaultBench bench = new VaultBench()) {
      create(bench, "orders");
      for (int i = 0; i < 25; i++) {
        assertThat(bench.release("/keys/orders").status()).isEqualTo(200);
      }
    }
  }

  private static VaultBench bench(Throttling throttling) throws Exception {
    return new VaultBench(VaultSettings.DEFAULT.with(throttling));
  }

  private static LabClient.Reply create(VaultBench bench, String name) {
    return bench.create(name, VaultBench.exportable("EC-HSM", VaultBench.compliant()));
  }

  private static void spend(VaultBench bench) {
    for (int i = 0; i < 10; i++) {
      create(bench, "orders");
    }
  }
}
