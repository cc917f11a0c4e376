package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.emulator.testing.LabClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vault of the Standard tier. */
class VaultTierTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench(VaultSettings.DEFAULT.with(VaultSettings.Tier.STANDARD));
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-08")
  @ParameterizedTest
  @ValueSource(strings = {"RSA-HSM", "EC-HSM", "EC"})
  void refusesExportableKeys(String kty) {
    LabClient.Reply reply =
        bench.create("never", VaultBench.exportable(kty, VaultBench.compliant()));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith("AKV.SKR.1001");
  }

  @Tag("azure-08")
  @ParameterizedTest
  @ValueSource(strings = {"RSA-HSM", "EC-HSM", "oct-HSM"})
  void refusesKeysInHardware(String kty) {
    LabClient.Reply reply = bench.create("never", Json.object().put("kty", kty));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.message()).isEqualTo("Hardware key operation not allowed on standard vault.");
  }

  @Tag("azure-08")
  @Test
  void makesKeysInSoftware() {
    ObjectNode body = Json.object().put("kty", "EC");
    body.putObject("attributes").put("exportable", false);

    assertThat(bench.create("plain", body).status()).isEqualTo(200);
  }

  @Test
  void saysNothingOfManagedHsm() {
    LabClient.Reply reply =
        bench.manageHsm(
            "POST", "/keys/orders/create", VaultBench.exportable("EC-HSM", VaultBench.compliant()));

    assertThat(reply.status()).isEqualTo(200);
  }
}
