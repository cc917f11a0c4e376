package dev.keygate.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "keygate.identity.tenant-id", "11111111-1111-1111-1111-111111111111",
          "keygate.identity.client-id", "22222222-2222-2222-2222-222222222222",
          "keygate.identity.federated-token-file", "/var/run/token");

  @Test
  void fillsInDefaults() throws RefusedException {
    Settings settings = Settings.from(written(Map.of()));

    assertThat(settings.resyncInterval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.watchedNamespaces()).isEmpty();
    assertThat(settings.lab()).isEmpty();
    assertThat(settings.identity().authorityHost()).isEqualTo("login.microsoftonline.com");
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
                    "127.0.0.1:8888")));

    assertThat(settings.lab().map(LabSettings::tlsRoots)).contains(root);
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
    "keygate.lab.trust-roots, /nowhere",
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
