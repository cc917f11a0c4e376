package dev.keygate.scenarios.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NodesPermitted.class)
class KeyBeforeAppIT {

  private static final int PROBES_OF_TWO_MINUTES = 120;
  private static final String FETCHED = "\"kty\":\"RSA\"";

  private final SharedStage shared = SharedStage.get();
  private final Shop shop = shared.shop();

  @Test
  void firstThingAnAppDoesIsToUseItsKey() throws Exception {
    PodManifest pod =
        PodManifest.named("first-act")
            .withOrders()
            .preparing("prepare", 2001, "do", Steps.fetch(Shop.KEY))
            .running("app", 2000, "do", Steps.fetch(Shop.KEY), Steps.STAY);

    shop.start(pod);
    shop.await("pod/first-act", "condition=Ready");

    assertThat(shop.log("first-act", "prepare")).as("an init container").contains(FETCHED);
    assertThat(shop.log("first-act", "app")).contains(FETCHED);
    assertThat(restarts("first-act")).isEqualTo("0 0 0");
    assertThat(shop.get("pod/first-act", "{.spec.nodeName}")).isEqualTo("confidential");
    shop.remove(pod);
  }

  @Test
  void jobCompletesAlthoughItsSidecarNeverEndsByItself() throws Exception {
    PodManifest job =
        PodManifest.named("once").withOrders().running("app", 2000, "do", Steps.fetch(Shop.KEY));

    assertThat(shop.create(job.job()).isSuccess()).isTrue();
    shop.await("job/once", "condition=complete");

    String pod = shop.get("pods", "{.items[?(@.metadata.labels.app==\"once\")].metadata.name}");
    assertThat(shop.log(pod, "app")).contains(FETCHED);
    shop.require("delete", "job", "once", "--wait=false");
  }

  @Test
  void sidecarServesUntilTheAppHasEnded() throws Exception {
    PodManifest pod =
        PodManifest.named("last-act")
            .withOrders()
            .running("app", 2000, "on-term", "sleep 2", Steps.fetch(Shop.KEY));
    shop.start(pod);
    shop.await("pod/last-act", "condition=Ready");

    String log;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var following = threads.submit(() -> shop.ask("logs", "--follow", "last-act", "-c", "app"));
      shop.require("delete", "pod", "last-act", "--wait=true");
      log = following.get().stdout();
    }

    assertThat(log).as("what the app got after SIGTERM").contains(FETCHED);
  }

  @Test
  void startThatIsThrottledForMinutesIsNotRestarted() throws Exception {
    PodManifest pod =
        PodManifest.named("patient")
            .withOrders()
            .running("app", 2000, "do", Steps.fetch(Shop.KEY), Steps.STAY);
    shared.stage().lab().throttleReleases("contoso");
    try {
      shop.start(pod);
      await("failed startup probes, one a second")
          .atMost(Duration.ofMinutes(4))
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> failedProbes("patient") >= PROBES_OF_TWO_MINUTES);

      assertThat(restarts("patient")).as("sidecar, app").isEqualTo("0 0");
      assertThat(shop.get("pod/patient", "{.status.containerStatuses[0].started}"))
          .isEqualTo("false");
      assertThat(shop.log("patient", "keygate-sidecar")).contains("VaultThrottled");
    } finally {
      shared.stage().lab().clearFaults();
    }

    shop.await("pod/patient", "condition=Ready");
    assertThat(shop.log("patient", "app")).contains(FETCHED);
    assertThat(restarts("patient")).isEqualTo("0 0");
    shop.remove(pod);
  }

  private String restarts(String pod) throws Surprise, InterruptedException {
    return shop.get(
        "pod/" + pod,
        "{.status.initContainerStatuses[*].restartCount} {.status.containerStatuses[*].restartCount}");
  }

  /** As the kubelet counts them; its Events are thinned out. */
  private int failedProbes(String pod) throws Exception {
    Pattern counter =
        Pattern.compile(
            "prober_probe_total\\{(?=[^}]*pod=\""
                + pod
                + "\")(?=[^}]*probe_type=\"Startup\")"
                + "(?=[^}]*result=\"failed\")[^}]*} (\\d+)");
    Matcher found =
        counter.matcher(
            shared
                .stage()
                .kubectl()
                .require("get", "--raw=/api/v1/nodes/confidential/proxy/metrics/probes"));
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }
}
