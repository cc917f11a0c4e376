package dev.keygate.scenarios.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.cluster.process.CommandResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NodesPermitted.class)
class OperatorAwayIT {

  private final SharedStage shared = SharedStage.get();
  private final Shop shop = shared.shop();

  @Test
  void podsThatAskAreRefusedOthersAdmittedAndRunningOnesKeepTheirKeys() throws Exception {
    PodManifest running =
        PodManifest.named("keeper")
            .withOrders()
            .running("app", 2000, "loop", "500ms", Steps.fetch(Shop.KEY));
    PodManifest late =
        PodManifest.named("late").withOrders().running("app", 2000, "do", Steps.STAY);
    shop.start(running);
    shop.await("pod/keeper", "condition=Ready");

    shared.chart().stopOperator();
    try {
      CommandResult refused = shop.create(late.pod());
      assertThat(refused.isSuccess()).isFalse();
      assertThat(refused.stderr()).contains("keygate");
      assertThat(
              shop.create(late.pod().replaceFirst("    keygate.dev/inject: .*\n", "")).isSuccess())
          .isTrue();
      int seen = shop.log("keeper", "app").length();
      await("the running app uses its key")
          .atMost(Duration.ofSeconds(30))
          .until(() -> shop.log("keeper", "app").substring(seen).contains("\"kty\":\"RSA\""));
    } finally {
      shared.chart().startOperator();
    }

    shop.require("delete", "pod", "late", "keeper", "--wait=true");
    shop.start(late);
    shop.await("pod/late", "condition=Ready");
    shop.remove(late);
  }

  @Test
  void badRequestsAreRefusedInOneSentence() throws Exception {
    PodManifest plain = PodManifest.named("bad").running("app", 2000, "do", Steps.STAY);

    assertThat(refusal(plain)).contains("keygate.dev/keys");
    assertThat(refusal(plain.annotated("keys", "unknown"))).contains("unknown");
    assertThat(refusal(plain.annotated("keys", "other/orders"))).contains("namespace");
    assertThat(refusal(plain.annotated("keys", "orders,,orders"))).contains("keygate.dev/keys");
    assertThat(refusal(plain.withOrders().with("hostNetwork: true"))).contains("hostNetwork");
  }

  private String refusal(PodManifest pod) throws Exception {
    CommandResult created = shop.create(pod.pod());
    assertThat(created.isSuccess()).isFalse();
    assertThat(created.stderr().strip().lines()).as(created.stderr()).hasSize(1);
    return created.stderr();
  }
}
