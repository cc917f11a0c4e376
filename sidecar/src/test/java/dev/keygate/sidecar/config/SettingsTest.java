package dev.keygate.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final String KEY = "https://contoso.vault.azure.net/keys/orders";

  @TempDir private Path folder;

  private final Map<String, String> written = new LinkedHashMap<>();

  SettingsTest() {
    written.put("keygate.keys.orders.identifier", KEY);
    written.put("keygate.authorities", "https://sharedweu.weu.attest.azure.net");
    written.put("keygate.identity.kind", "managed");
  }

  @Test
  void hasSafeDefaults() throws RefusedException {
    Settings settings = read();

    assertThat(settings.keys().get("orders")).hasToString(KEY);
    assertThat(settings.platform().encryption()).isEqualTo(KeyEncryption.RSA_AES_KEY_WRAP_256);
    assertThat(settings.platform().machine().transferKey()).isEqualTo(TransferKeyTemplate.RANDOM);
    assertThat(settings.platform().lab()).isEmpty();
    assertThat(settings.local().api().port()).isEqualTo(8250);
    assertThat(settings.grants().directory()).isEmpty();
    assertThat(settings.local().callers().keysByContainer()).isEmpty();
  }

  @Test
  void takesWhatIsWritten() throws RefusedException {
    written.put("keygate.keys.payments.identifier", "https://x.managedhsm.azure.net/keys/pay");
    written.put(
        "keygate.authorities",
        "https://sharedweu.weu.attest.azure.net, https://sharedneu.neu.attest.azure.net/");
    written.put("keygate.grants-directory", "/etc/keygate/grants");
    written.put("keygate.grant-poll-interval", "500ms");
    written.put("keygate.callers-directory", "/run/callers");
    written.put("keygate.callers.app.keys", "orders,payments");
    written.put("keygate.transfer-key.unique", "constant");
    written.put("keygate.enc", "RSA_AES_KEY_WRAP_384");

    Settings settings = read();

    assertThat(settings.keys()).containsOnlyKeys("orders", "payments");
    assertThat(settings.platform().authorities())
        .extracting(Object::toString)
        .containsExactly(
            "https://sharedweu.weu.attest.azure.net", "https://sharedneu.neu.attest.azure.net");
    assertThat(settings.grants().directory()).contains(Path.of("/etc/keygate/grants"));
    assertThat(settings.grants().pollInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.local().callers().keysByContainer())
        .containsEntry("app", Set.of("orders", "payments"));
    assertThat(settings.platform().machine().transferKey()).isEqualTo(TransferKeyTemplate.CONSTANT);
  }

  @ParameterizedTest
  @CsvSource({
    "keygate.keys.orders.identifier, http://contoso.vault.azure.net/keys/orders",
    "keygate.keys.orders.identifier, https://contoso.example.com/keys/orders",
    "keygate.keys.orders.identifier, https://contoso.vault.azure.net:8443/keys/orders",
    "keygate.keys.orders.identifier, https://u@contoso.vault.azure.net/keys/orders",
    "keygate.keys.orders.identifier, https://contoso.vault.azure.net.evil.net/keys/orders",
    "keygate.keys.orders.identifier, https://contoso.vault.azure.net/secrets/orders",
    "keygate.keys.orders.identifier,"
        + " https://contoso.vault.azure.net/keys/orders/0123456789abcdef0123456789abcdef",
    "keygate.keys.Orders.identifier, https://contoso.vault.azure.net/keys/orders",
    "keygate.authorities, http://sharedweu.weu.attest.azure.net",
    "keygate.authorities, https://attest.example.com",
    "keygate.enc, RSA_AES_KEY_WRAP_512",
    "keygate.enc, none",
    "keygate.grants-directory, grants",
    "keygate.grant-poll-interval, 0s",
    "keygate.grant-poll-interval, 2",
    "keygate.grant-poll-interval, 11m",
    "keygate.callers-directory, ./callers",
    "keygate.identity.kind, none",
    "keygate.identity.client-id, someone",
    "keygate.local-api.port, 0",
    "keygate.local-api.port, 65536",
    "keygate.local-api.port, http",
    "keygate.management.port, -1",
    "keygate.transfer-key.unique, zero"
  })
  void refusesAMalformedValueNamingItsKey(String key, String value) {
    written.put(key, value);

    refusesNaming(key.replaceFirst("\\.identifier$", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keygate.keys.orders.identifier", "keygate.authorities"})
  void refusesWithoutWhatPins(String key) {
    written.remove(key);

    refusesNaming(key.startsWith("keygate.keys") ? "keygate.keys" : key);
  }

  @Test
  void refusesASettingThatDoesNotExist() {
    written.put("keygate.authoritys", "https://sharedweu.weu.attest.azure.net");

    refusesNaming("keygate.authoritys");
  }

  @Test
  void refusesAWorkloadIdentityWithoutItsParts() {
    written.put("keygate.identity.kind", "workload");
    written.put("keygate.identity.tenant-id", "t");

    refusesNaming("keygate.identity.client-id");
  }

  @Test
  void refusesALoginHostThatIsNotAzures() {
    written.put("keygate.identity.kind", "workload");
    written.put("keygate.identity.tenant-id", "t");
    written.put("keygate.identity.client-id", "c");
    written.put("keygate.identity.federated-token-file", "/var/run/token");
    written.put("keygate.identity.authority-host", "https://login.example.com/");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(this::read)
        .returns(Reason.HostNotAllowed, FailureException::reason);
  }

  @Test
  void refusesACallerOfAKeyThatIsNotPinned() {
    written.put("keygate.callers-directory", "/run/callers");
    written.put("keygate.callers.app.keys", "payments");

    refusesNaming("keygate.callers.app.keys");
  }

  @Test
  void refusesCallersWithoutADirectory() {
    written.put("keygate.callers.app.keys", "orders");

    refusesNaming("keygate.callers-directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keygate.lab.proxy=127.0.0.1:3128",
        "keygate.lab.imds=http://127.0.0.1:8080",
        "keygate.lab.tpm=/run/tpm.sock",
        "keygate.lab.event-log=/run/log"
      })
  void refusesEveryLabSettingWithoutTrustRoots(String setting) {
    String[] parts = setting.split("=", 2);
    written.put(parts[0], parts[1]);

    refusesNaming("keygate.lab.trust-roots");
  }

  @Test
  void takesALab() throws Exception {
    lab();

    LabSettings lab = read().platform().lab().orElseThrow();

    assertThat(lab.proxy().getPort()).isEqualTo(3128);
    assertThat(lab.imds()).hasToString("http://127.0.0.1:8080");
    assertThat(lab.tlsRoot()).isEqualTo(folder.resolve("tls-root.pem"));
  }

  @ParameterizedTest
  @CsvSource({
    "keygate.lab.proxy, localhost:3128",
    "keygate.lab.proxy, 127.0.0.1",
    "keygate.lab.proxy, 127.0.0.1:0",
    "keygate.lab.proxy, ''",
    "keygate.lab.imds, ''",
    "keygate.lab.tpm, tpm.sock"
  })
  void refusesAMalformedLab(String key, String value) throws IOException {
    lab();
    written.put(key, value);

    refusesNaming(key);
  }

  @Test
  void refusesALabWithoutItsHardwareRoot() throws IOException {
    lab();
    Files.delete(folder.resolve("amd-root.pem"));

    refusesNaming("keygate.lab.trust-roots");
  }

  private void lab() throws IOException {
    Files.writeString(folder.resolve("tls-root.pem"), "");
    Files.writeString(folder.resolve("amd-root.pem"), "");
    written.put("keygate.lab.trust-roots", folder.toString());
    written.put("keygate.lab.proxy", "127.0.0.1:3128");
    written.put("keygate.lab.imds", "http://127.0.0.1:8080/");
  }

  private void refusesNaming(String key) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(this::read)
        .returns(Reason.SettingsInvalid, FailureException::reason)
        .withMessageContaining(key);
  }

  private Settings read() throws RefusedException {
    return Settings.from(
        SettingsReader.read(
            new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(written, "test", 100))));
  }
}
