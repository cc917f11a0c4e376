package dev.keygate.scenarios.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.cluster.KubernetesCluster;
import dev.keygate.contract.PodLayout;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NodesPermitted.class)
class PlacementIT {

  private final SharedStage shared = SharedStage.get();
  private final Shop shop = shared.shop();

  @Test
  void podWaitsWithOneClearEventWhileNoConfidentialNodeExists() throws Exception {
    PodManifest pod =
        PodManifest.named("homeless").withOrders().running("app", 2000, "do", Steps.STAY);
    label(PodLayout.NODE_LABEL + "-");
    try {
      shop.start(pod);
      await("the scheduler says why")
          .atMost(Duration.ofSeconds(30))
          .until(() -> !events().isBlank());

      assertThat(events()).contains("didn't match Pod's node affinity/selector");
      assertThat(events().lines()).hasSize(1);
      assertThat(shop.get("pod/homeless", "{.status.phase}")).isEqualTo("Pending");
    } finally {
      label(PodLayout.NODE_LABEL + "=" + PodLayout.NODE_LABEL_VALUE);
    }

    shop.await("pod/homeless", "condition=Ready");
    shop.remove(pod);
  }

  @Test
  void podThatDoesNotAskIsLeftAlone() throws Exception {
    String manifest =
        PodManifest.named("plain").running("app", 2000, "do", "ls /run/keygate", Steps.STAY).pod();

    assertThat(shop.create(manifest.replaceFirst("    keygate.dev/inject: .*\n", "")).isSuccess())
        .isTrue();
    shop.await("pod/plain", "condition=Ready");

    assertThat(shop.get("pod/plain", "{.spec.initContainers}{.spec.nodeSelector}")).isEmpty();
    assertThat(shop.log("plain", "app")).contains("ENOENT");
    shop.require("delete", "pod", "plain", "--wait=false");
  }

  private void label(String change) throws Exception {
    shared
        .stage()
        .kubectl()
        .require("label", "node", KubernetesCluster.CONFIDENTIAL_NODE, change, "--overwrite");
  }

  private String events() throws Exception {
    return shop.require(
        "get",
        "events",
        "--field-selector=reason=FailedScheduling,involvedObject.name=homeless",
        "-o=jsonpath={range .items[*]}{.message}{\"\\n\"}{end}");
  }
}
