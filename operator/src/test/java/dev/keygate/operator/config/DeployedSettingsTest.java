package dev.keygate.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.failure.RefusedException;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The settings that the shipped Deployment writes. */
class DeployedSettingsTest {

  private static final Path DEPLOYMENT =
      Path.of("..", "deploy", "install", "30.Deployment.keygate-operator.yaml");

  @Test
  void areKnownAndTaken() throws IOException, RefusedException {
    Map<String, String> environment = environment();

    // A name that the mapping does not know is refused when it is built.
    Settings settings =
        Settings.from(
            new SmallRyeConfigBuilder()
                .withMapping(OperatorSettings.class)
                .withSources(new PropertiesConfigSource(environment, "Deployment", 100))
                .build()
                .getConfigMapping(OperatorSettings.class));

    assertThat(settings.lab()).isEmpty();
    assertThat(settings.webhook().orElseThrow().certificate().origin())
        .isEqualTo(new CertificateSettings.SelfManaged("keygate-system"));
  }

  @Test
  void areAllOfTheEnvironmentAndByTheirOwnNames() throws IOException {
    assertThat(environment().keySet()).isNotEmpty().allMatch(name -> name.startsWith("keygate."));
  }

  private static Map<String, String> environment() throws IOException {
    Deployment deployment = Serialization.unmarshal(Files.readString(DEPLOYMENT), Deployment.class);
    Map<String, String> environment = new TreeMap<>();
    for (EnvVar variable :
        deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv()) {
      environment.put(variable.getName(), variable.getValue());
    }
    return environment;
  }
}
