package dev.keygate.scenarios.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.PolicyParser;
import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NodesPermitted.class)
class RotationIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PRIVATE_EXPONENT = "\"d\":\"";
  private static final String RUNNING_RESTARTS =
      "{.status.initContainerStatuses[*].restartCount} {.status.containerStatuses[*].restartCount}";

  private final SharedStage shared = SharedStage.get();
  private final Shop shop = shared.shop();

  @Test
  void rotationReachesARunningPodAndTheOldVersionIsServedUntilItsOverlapEnds() throws Exception {
    shop.addKey("rotated", "rotation: {overlapSeconds: 25}");
    String before = shop.get("expkey/rotated", "{.status.currentVersion}");
    PodManifest pod =
        PodManifest.named("rotation")
            .annotated("keys", "rotated")
            .running(
                "app", 2000, "loop", "500ms", Steps.list(), Steps.fetchVersion("rotated", before));
    shop.start(pod);
    shop.await("pod/rotation", "condition=Ready");

    shared.stage().lab().rotate("contoso", "rotated");

    await("two versions in the pod")
        .atMost(SOON)
        .until(() -> latest("rotation").contains("Overlap"));
    String after = shop.get("expkey/rotated", "{.status.currentVersion}");
    assertThat(after).isNotEqualTo(before);
    assertThat(latest("rotation"))
        .as("the new version beside the old one, which is still served")
        .contains(after, before, PRIVATE_EXPONENT);
    await("the overlap ends").atMost(SOON).until(() -> !latest("rotation").contains("Overlap"));
    assertThat(latest("rotation"))
        .contains(after, "VersionUnknown")
        .doesNotContain(PRIVATE_EXPONENT);
    assertThat(shop.get("pod/rotation", RUNNING_RESTARTS)).isEqualTo("0 0");
    shop.remove(pod);
  }

  @Test
  void configMapThatNamesAnotherVaultKeyOrAuthorityChangesNothingButAWarning() throws Exception {
    shop.addKey("pinned", "rotation: {overlapSeconds: 25}");
    PodManifest pod =
        PodManifest.named("tampered")
            .annotated("keys", "pinned")
            .running("app", 2000, "loop", "500ms", Steps.fetch("pinned"));
    shop.start(pod);
    shop.await("pod/tampered", "condition=Ready");
    String served = latest("tampered");
    shared.chart().stopOperator();
    try {
      String grant = shop.get("configmap/pinned.keygate", "{.data.grant\\.json}");
      tamper(grant, "keyIdentifier", "https://evil.vault.azure.net/keys/pinned");
      awaitWarning("evil.vault.azure.net");
      tamper(grant, "keyIdentifier", "https://contoso.vault.azure.net/keys/orders");
      awaitWarning("keys/orders");
      tamper(
          grant,
          "policy",
          "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://evil.weu.attest.azure.net\","
              + "\"allOf\":[{\"claim\":\"secureboot\",\"equals\":\"true\"}]}]}");
      awaitWarning("evil.weu.attest.azure.net");

      int seen = shop.log("tampered", "app").length();
      await("the app asks on")
          .atMost(SOON)
          .until(() -> shop.log("tampered", "app").length() > seen + 2 * served.length());
      assertThat(latest("tampered")).isEqualTo(served);
      assertThat(shop.get("pod/tampered", RUNNING_RESTARTS)).isEqualTo("0 0");
    } finally {
      shared.chart().startOperator();
    }
    await("the operator writes its grant again")
        .atMost(SOON)
        .until(
            () -> !shop.get("configmap/pinned.keygate", "{.data.grant\\.json}").contains("evil"));
    shop.remove(pod);
  }

  private void tamper(String grant, String member, String value) throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode forged = (ObjectNode) json.readTree(grant);
    forged.put(member, value);
    if (member.equals("policy")) {
      forged.put("policyDigest", digest(value));
    }
    ObjectNode patch = json.createObjectNode();
    patch.putObject("data").put("grant.json", forged.toString());
    shop.require("patch", "configmap", "pinned.keygate", "--type=merge", "-p", patch.toString());
  }

  private static String digest(String policy) throws Exception {
    return PolicyDigest.of(PolicyParser.parse(policy)).value();
  }

  private void awaitWarning(String about) {
    await("a warning about " + about)
        .atMost(SOON)
        .until(
            () ->
                shop.log("tampered", "keygate-sidecar")
                    .lines()
                    .anyMatch(line -> line.contains("WARN") && line.contains(about)));
  }

  /** What the app's last complete round of steps printed. */
  private String latest(String pod) throws Surprise, InterruptedException {
    return shop.lastRound(pod, "app");
  }
}
