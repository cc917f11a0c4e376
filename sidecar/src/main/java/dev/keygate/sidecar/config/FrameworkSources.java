package dev.keygate.sidecar.config;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.SysPropConfigSource;

/**
 * Keeps the environment out of the framework's own configuration: a Service named {@code
 * quarkus-http} makes the kubelet set {@code QUARKUS_HTTP_PORT}, which would move the local API or
 * keep the process from starting. What the framework may be told is told by system properties.
 */
public final class FrameworkSources implements SmallRyeConfigBuilderCustomizer {

  @Override
  public void configBuilder(SmallRyeConfigBuilder builder) {
    builder.setAddDefaultSources(false);
    builder.setAddSystemSources(false);
    builder.addPropertiesSources().withSources(new SysPropConfigSource());
  }

  /** After the framework's own, which ask for the default sources. */
  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }
}
