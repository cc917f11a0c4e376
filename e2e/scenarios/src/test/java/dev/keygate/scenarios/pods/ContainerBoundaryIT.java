package dev.keygate.scenarios.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NodesPermitted.class)
class ContainerBoundaryIT {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String KEY_FILE = "/run/keygate/keys/orders/current/key.jwk";
  private static final String PRIVATE_EXPONENT = "\"d\":\"";

  private final Shop shop = SharedStage.get().shop();

  @Test
  void containerReadsItsOwnTokenAndCannotReadItsNeighbours() throws Exception {
    PodManifest pod =
        PodManifest.named("neighbours")
            .annotated("keys.app", Shop.KEY)
            .annotated("keys.report", Shop.KEY)
            .running("app", 2000, "do", Steps.OWN_TOKEN, "ls /run/keygate", Steps.STAY)
            .running("report", 3000, "do", Steps.OWN_TOKEN, "ls /run/keygate", Steps.STAY)
            .running("bystander", 4000, "do", "ls /run/keygate", Steps.fetch("orders"), Steps.STAY);

    shop.start(pod);
    shop.await("pod/neighbours", "condition=Ready");

    String app = shop.log("neighbours", "app");
    String report = shop.log("neighbours", "report");
    assertThat(tokenIn(app)).isNotEqualTo(tokenIn(report));
    assertThat(app).contains("token").doesNotContain("report");
    assertThat(report).doesNotContain(tokenIn(app));
    assertThat(shop.log("neighbours", "bystander"))
        .contains("ENOENT")
        .doesNotContain(PRIVATE_EXPONENT);
    shop.remove(pod);
  }

  @Test
  void strangersTokenGetsNoKey() throws Exception {
    PodManifest pod =
        PodManifest.named("stranger")
            .withOrders()
            .running(
                "app",
                2000,
                "do",
                "http POST http://127.0.0.1:8250/v1/keys/orders/material --body {}"
                    + " --header 'Authorization: Bearer "
                    + "A".repeat(43)
                    + "'",
                Steps.STAY);

    shop.start(pod);
    shop.await("pod/stranger", "condition=Ready");

    assertThat(shop.log("stranger", "app")).contains("401").doesNotContain(PRIVATE_EXPONENT);
    shop.remove(pod);
  }

  @Test
  void fileUnderAnotherUserIdIsReadableThereAndNowhereElse() throws Exception {
    PodManifest pod =
        PodManifest.named("files")
            .annotated("keys.app", Shop.KEY)
            .annotated("delivery", "Files")
            .running(
                "app",
                2000,
                "do",
                "id",
                "cat " + KEY_FILE,
                "write /run/keygate/keys/more x",
                Steps.STAY)
            .running("bystander", 3000, "do", "cat " + KEY_FILE, "ls /run/keygate", Steps.STAY);

    shop.start(pod);
    shop.await("pod/files", "condition=Ready");

    assertThat(shop.log("files", "app"))
        .contains("uid=2000", PRIVATE_EXPONENT)
        .as("the mount is read-only")
        .contains("EROFS");
    assertThat(shop.log("files", "bystander")).contains("ENOENT").doesNotContain(PRIVATE_EXPONENT);
    shop.remove(pod);
  }

  @Test
  void filesBelongToThePodsGroupWhereItHasOne() throws Exception {
    PodManifest pod =
        PodManifest.named("grouped")
            .withOrders()
            .annotated("delivery", "Files")
            .with("securityContext: {fsGroup: 4000}")
            .running("app", 2000, "do", "id", "cat " + KEY_FILE, Steps.STAY);

    shop.start(pod);
    shop.await("pod/grouped", "condition=Ready");

    assertThat(shop.log("grouped", "app")).contains("4000", PRIVATE_EXPONENT);
    shop.remove(pod);
  }

  @Test
  void sidecarHasNoTokenForTheApiServer() throws Exception {
    PodManifest pod = PodManifest.named("tokens").withOrders().running("app", 2000, "do", "id");

    shop.start(pod);

    assertThat(shop.get("pod/tokens", "{.spec.containers[0].volumeMounts[*].name}"))
        .as("what the API server adds to an app")
        .contains("kube-api-access");
    assertThat(shop.get("pod/tokens", "{.spec.initContainers[0].volumeMounts[*].name}"))
        .contains("keygate-no-account")
        .doesNotContain("kube-api-access");
    shop.remove(pod);
  }

  private static String tokenIn(String log) {
    Matcher matcher = TOKEN.matcher(log);
    assertThat(matcher.find()).as(log).isTrue();
    return matcher.group();
  }
}
