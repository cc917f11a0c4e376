package dev.keygate.scenarios.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NodesPermitted.class)
class SidecarLossIT {

  private enum Loss {
    KILLED("killed", "Error"),
    OUT_OF_MEMORY("out-of-memory", "OOMKilled");

    final String podName;
    final String reason;

    Loss(String podName, String reason) {
      this.podName = podName;
      this.reason = reason;
    }
  }

  private final SharedStage shared = SharedStage.get();
  private final Shop shop = shared.shop();

  @ParameterizedTest
  @EnumSource
  void sidecarComesBackWithoutTheAppAndItsTokenStillWorks(Loss loss) throws Exception {
    String name = loss.podName;
    PodManifest pod =
        PodManifest.named(name)
            .withOrders()
            .running("app", 2000, "loop", "1s", Steps.OWN_TOKEN, Steps.fetch(Shop.KEY));
    shop.start(pod);
    shop.await("pod/" + name, "condition=Ready");
    String tokenBefore = shop.log(name, "app").lines().findFirst().orElseThrow();

    inflict(loss, name);

    await("the kubelet brings the sidecar back")
        .atMost(Duration.ofSeconds(60))
        .until(() -> sidecar(name, ".restartCount").equals("1"));
    assertThat(sidecar(name, ".lastState.terminated.reason")).isEqualTo(loss.reason);
    shop.await("pod/" + name, "condition=Ready");
    int seen = shop.log(name, "app").length();
    await("the app uses its key again")
        .atMost(Duration.ofSeconds(30))
        .until(() -> shop.log(name, "app").substring(seen).contains("\"kty\":\"RSA\""));
    assertThat(shop.log(name, "app").substring(seen)).contains(tokenBefore);
    assertThat(shop.get("pod/" + name, "{.status.containerStatuses[0].restartCount}"))
        .isEqualTo("0");
    shop.remove(pod);
  }

  private void inflict(Loss loss, String pod) throws Surprise, InterruptedException {
    ContainerProcess process =
        ContainerProcess.of(shared.stage(), Shop.NAMESPACE, pod, "initContainerStatuses[0]");
    switch (loss) {
      case KILLED -> process.kill();
      case OUT_OF_MEMORY -> process.exhaustMemory();
    }
  }

  private String sidecar(String pod, String member) throws Surprise, InterruptedException {
    return shop.get("pod/" + pod, "{.status.initContainerStatuses[0]" + member + "}");
  }
}
