package dev.keygate.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.contract.SettingNames;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.config.CallerSettings.Delivery;
import dev.keygate.sidecar.delivery.Readers;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings as a pod's spec has them: environment variables with the settings' own names. */
class EnvironmentSettingsTest {

  private static final String KEY = "https://contoso.vault.azure.net/keys/orders";

  private final Map<String, String> environment = new LinkedHashMap<>();

  EnvironmentSettingsTest() {
    environment.put(SettingNames.keyIdentifier("orders"), KEY);
    environment.put(SettingNames.AUTHORITIES, "https://sharedweu.weu.attest.azure.net");
    environment.put("keygate.identity.kind", "managed");
    environment.put(SettingNames.CALLERS_DIRECTORY, "/run/keygate/containers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "orders-2", "2", "orders.v2", "a.b.c", "v1.2-rc.3"})
  void readsTheNamesOfKeys(String name) throws RefusedException {
    environment.put(SettingNames.keyIdentifier(name), KEY + "-other");
    environment.put(SettingNames.callerKeys("app"), name);

    Settings settings = read();

    assertThat(settings.keys().get(name)).hasToString(KEY + "-other");
    assertThat(settings.local().callers().keysByContainer()).containsEntry("app", Set.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "my-app", "app2", "2app", "a-1-b"})
  void readsTheNamesOfContainers(String name) throws RefusedException {
    environment.put(SettingNames.callerKeys(name), "orders");
    environment.put(SettingNames.callerDelivery(name), "files");

    assertThat(read().local().callers().byContainer())
        .containsOnly(Map.entry(name, new CallerSettings.Caller(Set.of("orders"), Delivery.FILES)));
  }

  @Test
  void readsEverySettingThatInjectionPins() throws RefusedException {
    environment.remove("keygate.identity.kind");
    environment.put(SettingNames.GRANTS_DIRECTORY, "/run/keygate/grants");
    environment.put(SettingNames.CALLERS_READABLE_BY, "everyone");
    environment.put(SettingNames.TENANT_ID, "6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001");
    environment.put(SettingNames.CLIENT_ID, "6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be301");
    environment.put(SettingNames.FEDERATED_TOKEN_FILE, "/run/keygate/entra/token");
    environment.put(SettingNames.AUTHORITY_HOST, "https://login.microsoftonline.com/");
    environment.put(SettingNames.EVENT_LOG, "/run/keygate/boot-log/binary_bios_measurements");
    environment.put(SettingNames.LOCAL_API_PORT, "8251");
    environment.put(SettingNames.MANAGEMENT_PORT, "9251");

    Settings settings = read();

    assertThat(settings.local().api().port()).isEqualTo(8251);
    assertThat(settings.local().management().port()).isEqualTo(9251);
    assertThat(settings.local().callers().readers()).isEqualTo(Readers.EVERYONE);
    assertThat(settings.platform().machine().eventLog())
        .isEqualTo(Path.of("/run/keygate/boot-log/binary_bios_measurements"));
    assertThat(settings.identity()).isInstanceOf(IdentitySettings.Workload.class);
  }

  /** What the kubelet sets for Services named keygate, keygate-local-api and the like. */
  @ParameterizedTest
  @CsvSource({
    "KEYGATE_LOCAL_API_PORT, tcp://10.0.0.1:80",
    "KEYGATE_LOCAL_API_SERVICE_HOST, 10.0.0.1",
    "KEYGATE_LOCAL_API_SERVICE_PORT, 80",
    "KEYGATE_LOCAL_API_PORT_80_TCP_ADDR, 10.0.0.1",
    "KEYGATE_MANAGEMENT_PORT, tcp://10.0.0.1:80",
    "KEYGATE_SERVICE_HOST, 10.0.0.1",
    "KEYGATE_SERVICE_PORT_HTTPS, 443",
    "KEYGATE_PORT, tcp://10.0.0.1:443",
    "KEYGATE_PORT_443_TCP_ADDR, 10.0.0.1",
    "KEYGATE_KEYS_ORDERS_PORT, tcp://10.0.0.1:443",
    "KEYGATE_CALLERS_APP_SERVICE_HOST, 10.0.0.1",
    "KEYGATE_LAB_PORT, tcp://10.0.0.1:443",
    "KEYGATE_KEYS_ORDERS_IDENTIFIER, https://evil.vault.azure.net/keys/orders",
    "KEYGATE_AUTHORITIES, https://evil.weu.attest.azure.net",
    "KEYGATE_ENC, CKM_RSA_AES_KEY_WRAP"
  })
  void takesNothingFromUpperCaseVariables(String name, String value) throws RefusedException {
    Settings before = read();
    environment.put(name, value);

    assertThat(read()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keygate.authoritys",
        "keygate.keys.orders.url",
        "keygate.keys.orders.v2.identifier",
        "keygate.callers.app.files",
        "keygate.local.api.port"
      })
  void refusesAVariableThatIsNoSetting(String name) {
    environment.put(name, "x");

    refusesNaming(name);
  }

  @ParameterizedTest
  @CsvSource({
    "keygate.callers.app.keys, ''",
    "keygate.callers.app.keys, payroll",
    "keygate.callers.app.keys, 'orders,payroll'",
    "keygate.callers.app.delivery, Files",
    "keygate.callers.app.delivery, both",
    "keygate.callers-readable-by, world",
    "keygate.callers-readable-by, 0444",
    "keygate.event-log, binary_bios_measurements",
    "keygate.local-api.port, tcp://10.0.0.1:80",
    "keygate.management.port, 8250",
    "keygate.management.host, localhost"
  })
  void refusesAMalformedValueNamingItsKey(String name, String value) {
    environment.put(SettingNames.callerKeys("app"), "orders");
    environment.put(name, value);

    refusesNaming(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"My-App", "app_1", "-app", "\"a.b\"", "\"..\""})
  void refusesWhatIsNoContainersName(String name) {
    environment.put("keygate.callers." + name + ".keys", "orders");

    refusesNaming("keygate.callers");
  }

  @Test
  void refusesADeliveryWithoutKeys() {
    environment.put(SettingNames.callerDelivery("app"), "files");

    refusesNaming("keygate.callers.app.keys");
  }

  /** A Service named quarkus-http would move the local API. */
  @Test
  void keepsTheEnvironmentOutOfTheFrameworksConfiguration() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultSources()
            .withCustomizers(new FrameworkSources())
            .build();

    assertThat(config.getConfigSources())
        .isNotEmpty()
        .noneMatch(EnvConfigSource.class::isInstance)
        .noneMatch(source -> source.getPropertyNames().contains("PATH"));
  }

  private void refusesNaming(String key) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(this::read)
        .returns(Reason.SettingsInvalid, FailureException::reason)
        .withMessageContaining(key);
  }

  private Settings read() throws RefusedException {
    return Settings.from(SettingsReader.read(SettingsReader.sources(environment)));
  }
}
