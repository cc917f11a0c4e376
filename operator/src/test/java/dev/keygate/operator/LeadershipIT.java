package dev.keygate.operator;

import static dev.keygate.operator.KeyObjects.apply;
import static dev.keygate.operator.KeyObjects.awaitReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.operator.leader.Leadership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two replicas under the shipped Role, on a real API server. */
class LeadershipIT {

  private static final String SECOND = "second";
  private static final int KEYS = 150;

  private static final Duration REPLACED = Duration.ofSeconds(20);

  private final Installation installation = Installation.shared();

  @Test
  void aLostLeaderIsReplacedInTimeAndNothingIsWrittenTwice() throws Exception {
    ChildProcess second = installation.startStandby(SECOND);
    assertThat(leader()).isEqualTo(Installation.FIRST);

    apply(manifests());
    // All of them wait for it, so the leader dies among many.
    apply(Manifests.policy("led", "v1"));
    awaitReady("default", "led-0");
    installation.killOperator();

    await().atMost(REPLACED).untilAsserted(() -> assertThat(leader()).isEqualTo(SECOND));
    for (int key = 0; key < KEYS; key++) {
      awaitReady("default", "led-" + key);
      assertThat(installation.vault().versions("led-" + key)).as("led-" + key).isEqualTo(1);
    }

    installation.restartOperator();
    assertThat(leader()).isEqualTo(SECOND);
    second.stop();

    assertThat(leader()).as("given back before the process ended").isNotEqualTo(SECOND);
    await()
        .atMost(REPLACED)
        .untilAsserted(() -> assertThat(leader()).isEqualTo(Installation.FIRST));
    apply(key("led-again"));
    awaitReady("default", "led-again");
  }

  private String leader() {
    return installation
        .admin()
        .leases()
        .inNamespace("keygate-system")
        .withName(Leadership.LEASE)
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  private static String[] manifests() {
    List<String> manifests = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      manifests.add(key("led-" + key));
    }
    return manifests.toArray(String[]::new);
  }

  private static String key(String name) {
    return """
    apiVersion: keygate.dev/v1alpha1
    kind: ExportableKey
    metadata: {name: %s, namespace: default}
    spec: {vault: {url: 'https://contoso.vault.azure.net'}, keyType: EC-HSM, curve: P-256,
      releasePolicyRef: {name: led}}
    """
        .formatted(name);
  }
}
