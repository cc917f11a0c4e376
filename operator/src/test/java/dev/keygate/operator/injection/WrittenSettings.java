package dev.keygate.operator.injection;

import dev.keygate.failure.RefusedException;
import dev.keygate.operator.config.InjectionSettings;
import dev.keygate.operator.config.OperatorSettings;
import dev.keygate.operator.config.Settings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings as an installation writes them. */
public final class WrittenSettings {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "keygate.namespace", "keygate-system",
          "keygate.identity.tenant-id", "11111111-1111-1111-1111-111111111111",
          "keygate.identity.client-id", "22222222-2222-2222-2222-222222222222",
          "keygate.identity.federated-token-file", "/var/run/token",
          "keygate.injection.sidecar-image", "keygate.dev/sidecar:0.1.0");

  private WrittenSettings() {}

  /** The least that is required, and these. */
  public static InjectionSettings with(Map<String, String> more) throws RefusedException {
    Map<String, String> properties = new HashMap<>(COMPLETE);
    properties.putAll(more);
    return Settings.from(
            new SmallRyeConfigBuilder()
                .withMapping(OperatorSettings.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(OperatorSettings.class))
        .webhook()
        .orElseThrow()
        .injection();
  }
}
