package dev.keygate.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.operator.throttle.VaultLimits;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "keygate.identity.tenant-id", "11111111-1111-1111-1111-111111111111",
          "keygate.identity.client-id", "22222222-2222-2222-2222-222222222222",
          "keygate.identity.federated-token-file", "/var/run/token",
          "keygate.injection.sidecar-image", "keygate.dev/sidecar:0.1.0");

  @Test
  void fillsInDefaults() throws RefusedException {
    Settings settings = Settings.from(written(Map.of()));

    assertThat(settings.resyncInterval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.watchedNamespaces()).isEmpty();
    assertThat(settings.lab()).isEmpty();
    assertThat(settings.identity().authorityHost()).isEqualTo("login.microsoftonline.com");
  }

  @Test
  void readsHowOftenAVaultIsCalled() throws RefusedException {
    Settings settings =
        Settings.from(
            written(
                Map.of(
                    "keygate.vault.creates-per-ten-seconds", "5",
                    "keygate.vault.requests-per-ten-seconds", "1000000")));

    assertThat(settings.vaultLimits()).isEqualTo(new VaultLimits(5, 1_000_000, VaultLimits.WINDOW));
    assertThat(Settings.from(written(Map.of())).vaultLimits()).isEqualTo(VaultLimits.DOCUMENTED);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1000001", "ten", "1e3"})
  void refusesNumbersOfCallsThatAreNone(String calls) {
    String key = "keygate.vault.creates-per-ten-seconds";

    assertThatThrownBy(() -> Settings.from(written(Map.of(key, calls))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(key);
  }

  @Test
  void readsWatchedNamespaces() throws RefusedException {
    Settings settings =
        Settings.from(written(Map.of("keygate.watched-namespaces", "orders,payments")));

    assertThat(settings.watchedNamespaces()).containsExactlyInAnyOrder("orders", "payments");
  }

  @Test
  void readsLabWhenTrustRootsAreNamed(@TempDir Path roots) throws IOException, RefusedException {
    Path root = Files.writeString(roots.resolve("tls-root.pem"), "-----BEGIN CERTIFICATE-----");

    Settings settings =
        Settings.from(
            written(
                Map.of(
                    "keygate.lab.trust-roots",
                    roots.toString(),
                    "keygate.lab.proxy",
                    "127.0.0.1:8888",
                    "keygate.lab.clock-rate",
                    "10")));

    assertThat(settings.lab().map(LabSettings::tlsRoots)).contains(root);
    assertThat(settings.vaultLimits().window()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.lab().map(LabSettings::proxy).map(InetSocketAddress::getPort))
        .contains(8888);
  }

  @ParameterizedTest
  @CsvSource({
    "keygate.identity.tenant-id, ''",
    "keygate.identity.tenant-id, contoso/../other",
    "keygate.identity.client-id, ''",
    "keygate.identity.client-id, not-a-guid",
    "keygate.identity.federated-token-file, ''",
    "keygate.identity.federated-token-file, relative/token",
    "keygate.identity.authority-host, http://login.microsoftonline.com/",
    "keygate.identity.authority-host, https://login.microsoftonline.com/tenant",
    "keygate.identity.authority-host, https://login.example.com/",
    "keygate.identity.authority-host, https://user@login.microsoftonline.com/",
    "keygate.resync-interval, 0s",
    "keygate.resync-interval, -1m",
    "keygate.resync-interval, ten minutes",
    "keygate.resync-interval, 10",
    "keygate.resync-interval, 25h",
    "keygate.watched-namespaces, 'orders,Not_A_Label'",
    "keygate.lab.proxy, 127.0.0.1:8888",
    "keygate.lab.clock-rate, 10",
    "keygate.lab.clock-rate, 0",
    "keygate.lab.clock-rate, 1000",
    "keygate.lab.clock-rate, fast",
    "keygate.lab.trust-roots, /nowhere",
    "keygate.namespace, Not_A_Label",
    "keygate.webhook.enabled, yes",
    "keygate.webhook.port, 0",
    "keygate.webhook.port, 65536",
    "keygate.webhook.port, tcp://10.96.0.7:443",
    "keygate.webhook.certificate, selfmanaged",
    "keygate.webhook.certificate-directory, /etc/tls",
    "keygate.webhook.certificate-check-interval, 0s",
    "keygate.injection.sidecar-image, ''",
    "keygate.injection.sidecar-image, 'image with blanks'",
    "keygate.injection.image-pull-policy, Sometimes",
    "keygate.injection.sidecar-memory-limit, 128 MB",
    "keygate.injection.sidecar-memory-request, 0",
    "keygate.injection.sidecar-cpu-request, a lot",
    "keygate.injection.vtpm-resource, vtpm",
    "keygate.injection.device-group, tss",
    "keygate.injection.device-group, 4294967296",
    "keygate.injection.collector-port, 0",
    "keygate.injection.collector-port, 65536",
    "keygate.injection.collector-port, otlp",
    "keygate.injection.lab.trust-roots, /run/keygate/lab/trust",
    "keygate.injection.lab.trust-roots, trust",
    "keygate.injection.lab.proxy, 10.244.0.1:8888",
    "keygate.injection.lab.imds, https://169.254.169.254",
    "keygate.injection.lab.tpm, tpm.sock",
  })
  void refusesByNameOfTheKey(String key, String value) {
    assertThatThrownBy(() -> Settings.from(written(Map.of(key, value))))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SettingsInvalid))
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "lab.example:8888",
    "8888",
    "127.0.0.1",
    "127.0.0.1:0",
    "127.0.0.1:65536",
    "http://127.0.0.1:8888"
  })
  void refusesLabProxyThatIsNoHostAndPort(String proxy, @TempDir Path roots) throws IOException {
    Files.writeString(roots.resolve("tls-root.pem"), "-----BEGIN CERTIFICATE-----");

    assertThatThrownBy(
            () ->
                Settings.from(
                    written(
                        Map.of(
                            "keygate.lab.trust-roots",
                            roots.toString(),
                            "keygate.lab.proxy",
                            proxy))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("keygate.lab.proxy");
  }

  @Test
  void fillsInDefaultsOfTheWebhook() throws RefusedException {
    WebhookSettings webhook = Settings.from(written(Map.of())).webhook().orElseThrow();

    assertThat(webhook.port()).isEqualTo(8443);
    assertThat(webhook.certificate())
        .isEqualTo(
            new CertificateSettings(
                new CertificateSettings.SelfManaged("keygate-system"), Duration.ofMinutes(1)));
    assertThat(webhook.injection().device())
        .isEqualTo(new DeviceAccess("keygate.dev/vtpm", Optional.empty()));
    assertThat(webhook.injection().entra())
        .isEqualTo(
            new EntraDefaults(
                "11111111-1111-1111-1111-111111111111", "https://login.microsoftonline.com/"));
    assertThat(webhook.injection().lab()).isEmpty();
  }

  @Test
  void needsNoSidecarImageWithoutTheWebhook() throws RefusedException {
    Settings settings =
        Settings.from(
            written(
                Map.of("keygate.webhook.enabled", "false", "keygate.injection.sidecar-image", "")));

    assertThat(settings.webhook()).isEmpty();
  }

  @Test
  void readsMountedCertificate() throws RefusedException {
    WebhookSettings webhook =
        Settings.from(
                written(
                    Map.of(
                        "keygate.webhook.certificate", "Mounted",
                        "keygate.webhook.certificate-directory", "/etc/tls")))
            .webhook()
            .orElseThrow();

    assertThat(webhook.certificate().origin())
        .isEqualTo(new CertificateSettings.Mounted(Path.of("/etc/tls")));
  }

  @ParameterizedTest
  @CsvSource({"''", "etc/tls"})
  void refusesMountedCertificateWithoutAbsoluteFolder(String folder) {
    assertThatThrownBy(
            () ->
                Settings.from(
                    written(
                        Map.of(
                            "keygate.webhook.certificate",
                            "Mounted",
                            "keygate.webhook.certificate-directory",
                            folder))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("keygate.webhook.certificate-directory");
  }

  private static OperatorSettings written(Map<String, String> changes) {
    Map<String, String> properties = new HashMap<>(COMPLETE);
    properties.putAll(changes);
    return new SmallRyeConfigBuilder()
        .withMapping(OperatorSettings.class)
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build()
        .getConfigMapping(OperatorSettings.class);
  }
}
