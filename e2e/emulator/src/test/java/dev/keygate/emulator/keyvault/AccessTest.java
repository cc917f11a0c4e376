package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.access.KeyPermission;
import dev.keygate.emulator.keyvault.access.Role;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.emulator.testing.LabClient;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vault with access policies whose changes take two minutes, and a Managed HSM beside it. */
class AccessTest {

  private static final Duration PROPAGATION = Duration.ofMinutes(2);
  private static final UUID READER = VaultBench.READER.objectId();

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench =
        new VaultBench(
            VaultSettings.DEFAULT
                .with(VaultSettings.AccessModel.ACCESS_POLICIES)
                .withPropagation(PROPAGATION));
    bench.create("orders", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
    bench.manageHsm(
        "POST", "/keys/orders/create", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
  }

  @AfterEach
  void restore() {
    bench.vault.permissions().establish(READER, Set.of(KeyPermission.GET));
    bench.managedHsm.permissions().establish(READER, Set.of(KeyPermission.GET));
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-12")
  @ParameterizedTest
  @CsvSource({
    "POST, /keys/orders/release, release",
    "POST, /keys/orders/create, create",
    "PUT, /keys/orders, import",
    "GET, /keys, list",
    "GET, /deletedkeys, list",
    "PATCH, /keys/orders, update",
    "DELETE, /keys/orders, delete",
    "DELETE, /deletedkeys/orders, purge",
    "POST, /deletedkeys/orders/recover, recover",
    "POST, /keys/orders/backup, backup",
    "POST, /keys/restore, restore",
    "POST, /keys/orders/rotate, rotate",
    "GET, /keys/orders/rotationpolicy, getrotationpolicy",
    "PUT, /keys/orders/rotationpolicy, setrotationpolicy",
    "POST, /keys/orders/encrypt, encrypt",
    "POST, /keys/orders/decrypt, decrypt",
    "POST, /keys/orders/sign, sign",
    "POST, /keys/orders/verify, verify",
    "POST, /keys/orders/wrapkey, wrapkey",
    "POST, /keys/orders/unwrapkey, unwrapkey"
  })
  void refusesByPolicy(String method, String path, String permission) {
    LabClient.Reply reply = bench.send(method, path + VaultBench.VERSION, bench.reader(), "{}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("Forbidden");
    assertThat(reply.innerCode()).isEqualTo("ForbiddenByPolicy");
    assertThat(reply.message())
        .contains("oid=" + READER)
        .contains("does not have keys " + permission + " permission on key vault 'contoso;");
  }

  @Tag("azure-12")
  @Tag("azure-44")
  @Test
  void recordsARefusedRelease() {
    bench.send("POST", "/keys/orders/release" + VaultBench.VERSION, bench.reader(), "{}");

    Decision decision = bench.lastDecision();
    assertThat(decision.operation()).isEqualTo("KeyRelease");
    assertThat(decision.outcome()).isEqualTo(Decision.Outcome.DENIED);
    assertThat(decision.caller()).isEqualTo(READER.toString());
    assertThat(decision.subject()).isEqualTo(VaultBench.URL + "/keys/orders");
    assertThat(decision.check()).isEqualTo("ForbiddenByPolicy");
  }

  @Tag("azure-44")
  @ParameterizedTest
  @CsvSource({
    "/keys/nobody/release, KeyNotFound",
    "/keys/orders/00000000000000000000000000000000/release, KeyNotFound"
  })
  void recordsAReleaseOfWhatThereIsNot(String path, String check) {
    bench.send("POST", path + VaultBench.VERSION, bench.releaser(), "{}");

    assertThat(bench.lastDecision().check()).isEqualTo(check);
    assertThat(bench.lastDecision().outcome()).isEqualTo(Decision.Outcome.DENIED);
  }

  @Tag("azure-44")
  @Test
  void recordsARelease() {
    assertThat(bench.release("/keys/orders").status()).isEqualTo(200);

    Decision decision = bench.lastDecision();
    assertThat(decision.outcome()).isEqualTo(Decision.Outcome.ALLOWED);
    assertThat(decision.caller()).isEqualTo(VaultBench.RELEASER.objectId().toString());
    assertThat(decision.check()).isEmpty();
    assertThat(decision.at()).isBeforeOrEqualTo(bench.time.now());
  }

  @Tag("azure-44")
  @Test
  void recordsNothingOfCallersItDoesNotKnow() {
    int before = bench.log.all().size();

    bench.sendWithoutToken("POST", "/keys/orders/release" + VaultBench.VERSION);

    assertThat(bench.log.all()).hasSize(before);
  }

  @Tag("azure-12")
  @Test
  void givesPermissionsAfterAWhile() {
    bench.vault.permissions().assign(READER, Set.of(KeyPermission.LIST));

    assertThat(list().status()).isEqualTo(403);
    assertThat(get().status()).isEqualTo(200);
    passing(PROPAGATION.minusSeconds(5), () -> assertThat(list().status()).isEqualTo(403));
    passing(
        PROPAGATION.plusSeconds(1),
        () -> {
          assertThat(list().status()).isEqualTo(200);
          assertThat(get().status()).isEqualTo(403);
        });
  }

  @Tag("azure-12")
  @Test
  void hasTheLastOfSeveralChangesWin() {
    bench.vault.permissions().assign(READER, Set.of(KeyPermission.LIST));
    bench.vault.permissions().assign(READER, Set.of());

    passing(PROPAGATION.plusSeconds(1), () -> assertThat(list().status()).isEqualTo(403));
  }

  @Tag("azure-12")
  @ParameterizedTest
  @CsvSource({
    "Managed HSM Crypto User, 200",
    "Managed HSM Crypto Service Release User, 200",
    "21dbd100-6940-42c2-9190-5d6cb909625c, 200",
    "Managed HSM Crypto Officer, 403",
    "Managed HSM Crypto Auditor, 403",
    "Managed HSM Crypto Service Encryption User, 403",
    "Managed HSM Backup, 403"
  })
  void releasesToHoldersOfLocalRoles(String role, int status) {
    bench.managedHsm.permissions().establish(READER, Role.find(role).orElseThrow().permissions());
    String body = Json.object().put("target", bench.authority.token()).toString();

    LabClient.Reply reply =
        bench.sendTo(
            "POST",
            VaultBench.HSM_URL + "/keys/orders/release" + VaultBench.VERSION,
            bench.forManagedHsm(VaultBench.READER),
            body);

    assertThat(reply.status()).isEqualTo(status);
  }

  @Tag("azure-12")
  @ParameterizedTest
  @CsvSource({
    "Key Vault Crypto User, sign, true",
    "Key Vault Crypto User, release, false",
    "Key Vault Crypto User, create, false",
    "Key Vault Crypto Officer, create, true",
    "Key Vault Crypto Service Encryption User, unwrapkey, true",
    "Key Vault Crypto Service Encryption User, sign, false",
    "Key Vault Crypto Service Release User, release, true",
    "Key Vault Crypto Service Release User, get, false",
    "Managed HSM Crypto User, create, true",
    "Managed HSM Crypto User, purge, false"
  })
  void knowsWhatRolesMay(String role, String permission, boolean may) {
    KeyPermission asked = KeyPermission.find(permission).orElseThrow();

    assertThat(Role.find(role).orElseThrow().permissions().contains(asked)).isEqualTo(may);
  }

  private static void passing(Duration time, Runnable then) {
    bench.time.shift(time);
    try {
      then.run();
    } finally {
      bench.time.shift(time.negated());
    }
  }

  private static LabClient.Reply get() {
    return bench.send("GET", "/keys/orders" + VaultBench.VERSION, bench.reader(), "");
  }

  private static LabClient.Reply list() {
    return bench.send("GET", "/keys" + VaultBench.VERSION, bench.reader(), "");
  }
}
