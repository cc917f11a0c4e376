package dev.keygate.sidecar.config;

import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The environment as a source of settings. A variable counts if its name is that of a setting as it
 * stands, dots and all. Upper-case forms do not: the kubelet makes such variables of every Service
 * in the namespace ({@code KEYGATE_LOCAL_API_PORT=tcp://10.0.0.1:80}), so whoever may create a
 * Service could write settings with them.
 */
final class EnvironmentSettings {

  private static final String PREFIX = "keygate.";
  private static final int ORDINAL = 300;

  /** What azure-workload-identity puts into a pod; no Service makes variables of these names. */
  private static final Set<String> IDENTITY =
      Set.of(
          "AZURE_TENANT_ID",
          "AZURE_CLIENT_ID",
          "AZURE_FEDERATED_TOKEN_FILE",
          "AZURE_AUTHORITY_HOST");

  private EnvironmentSettings() {}

  static ConfigSource of(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) || IDENTITY.contains(name)) {
            settings.put(name, value);
          }
        });
    return new PropertiesConfigSource(settings, "environment", ORDINAL);
  }
}
