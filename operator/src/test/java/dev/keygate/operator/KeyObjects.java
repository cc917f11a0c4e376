package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;

/**
 * ExportableKeys and their grants in the shared installation, as somebody with kubectl sees them.
 */
final class KeyObjects {

  private KeyObjects() {}

  static void apply(String... manifests) throws Exception {
    CommandResult result =
        Installation.shared()
            .kubectl()
            .runWithInput(String.join("\n---\n", manifests), "apply", "-f", "-");
    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
  }

  static ExportableKey key(String namespace, String name) {
    return Installation.shared()
        .admin()
        .resources(ExportableKey.class)
        .inNamespace(namespace)
        .withName(name)
        .get();
  }

  static Optional<Condition> condition(String namespace, String name, ConditionType type) {
    ExportableKey key = key(namespace, name);
    return key.getStatus() == null
        ? Optional.empty()
        : Conditions.find(key.getStatus().conditions(), type)
            .filter(c -> c.observedGeneration() == key.getMetadata().getGeneration());
  }

  static void awaitReady(String namespace, String name) {
    soon()
        .untilAsserted(
            () ->
                assertThat(condition(namespace, name, ConditionType.Ready))
                    .as(namespace + "/" + name + ": " + key(namespace, name).getStatus())
                    .map(Condition::status)
                    .contains(ConditionStatus.True));
  }

  static Optional<ConfigMap> grant(String namespace, String key) {
    return Optional.ofNullable(
        Installation.shared()
            .admin()
            .configMaps()
            .inNamespace(namespace)
            .withName(key + ".keygate")
            .get());
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(200));
  }
}
