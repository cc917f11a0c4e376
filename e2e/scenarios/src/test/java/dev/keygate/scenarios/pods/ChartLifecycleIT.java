package dev.keygate.scenarios.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NodesPermitted.class)
class ChartLifecycleIT {

  private final SharedStage shared = SharedStage.get();
  private final Shop shop = shared.shop();

  @Test
  void upgradeKeepsWhatRunsAndUninstallKeepsKindsAndKeys() throws Exception {
    PodManifest pod =
        PodManifest.named("survivor")
            .withOrders()
            .running("app", 2000, "loop", "500ms", Steps.fetch(Shop.KEY));
    shop.start(pod);
    shop.await("pod/survivor", "condition=Ready");
    String certificate = certificate();

    shared.chart().upgrade("2s");
    assertThat(certificate()).as("the certificate outlives an upgrade").isEqualTo(certificate);

    shared.chart().uninstall();
    try {
      assertThat(shop.get("expkey/" + Shop.KEY, "{.status.keyId}"))
          .as("the kind and its objects")
          .endsWith("/keys/" + Shop.KEY);
      int seen = shop.log("survivor", "app").length();
      await("the running app uses its key")
          .atMost(Duration.ofSeconds(30))
          .until(() -> shop.log("survivor", "app").substring(seen).contains("\"kty\":\"RSA\""));
      assertThat(shop.get("pod/survivor", "{.status.initContainerStatuses[*].restartCount}"))
          .isEqualTo("0");
    } finally {
      shared.chart().install();
    }
    shop.await("expkey/" + Shop.KEY, "condition=Ready");
    shop.remove(pod);
  }

  private String certificate() throws Exception {
    return shared
        .stage()
        .kubectl()
        .require(
            "get",
            "secret",
            "keygate-webhook-tls",
            "--namespace=" + ChartInstallation.NAMESPACE,
            "-o=jsonpath={.data.tls\\.crt}");
  }
}
