package dev.keygate.sidecar.config;

import dev.keygate.failure.RefusedException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the settings before any framework starts, so that what is wrong is one sentence. */
public final class SettingsReader {

  private SettingsReader() {}

  /**
   * What is written in system properties and environment.
   *
   * @throws RefusedException if a setting is unknown or one that is required is missing
   */
  public static SidecarSettings read() throws RefusedException {
    return read(sources(System.getenv()));
  }

  /** System properties first, then the environment. */
  static SmallRyeConfigBuilder sources(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new SysPropConfigSource(), EnvironmentSettings.of(environment));
  }

  static SidecarSettings read(SmallRyeConfigBuilder sources) throws RefusedException {
    try {
      SmallRyeConfig config = sources.withMapping(SidecarSettings.class).build();
      return config.getConfigMapping(SidecarSettings.class);
    } catch (ConfigValidationException invalid) {
      List<String> problems = new ArrayList<>();
      for (int i = 0; i < invalid.getProblemCount(); i++) {
        problems.add(invalid.getProblem(i).getMessage());
      }
      throw Refusal.of("keygate", "has a fault: " + String.join("; ", problems));
    }
  }
}
