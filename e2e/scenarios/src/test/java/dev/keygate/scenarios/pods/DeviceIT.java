package dev.keygate.scenarios.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The namespace enforces the restricted Pod Security Standard in all of these. */
@ExtendWith(NodesPermitted.class)
class DeviceIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Shop shop = SharedStage.get().shop();

  @Test
  void sidecarOpensTheDeviceThroughThePodsSupplementalGroup() throws Exception {
    ObjectNode pod = sidecarOnTheStandInDevice("with-group");

    assertThat(shop.create(pod.toString()).isSuccess()).isTrue();

    // The stand-in takes a command and answers nothing: it was opened.
    awaitSidecarSays("with-group", "TpmUnavailable");
    shop.require("delete", "pod", "with-group", "--wait=false");
  }

  @Test
  void sidecarWithoutTheGroupSaysWhichOneItNeeds() throws Exception {
    ObjectNode pod = sidecarOnTheStandInDevice("without-group");
    ((ObjectNode) pod.at("/spec/securityContext")).remove("supplementalGroups");

    assertThat(shop.create(pod.toString()).isSuccess()).isTrue();

    awaitSidecarSays("without-group", String.valueOf(PodStage.DEVICE_GROUP));
    shop.require("delete", "pod", "without-group", "--wait=false");
  }

  @Test
  void impostorsDoNotGetTheDevice() throws Exception {
    ObjectNode otherImage = sidecarOnTheStandInDevice("other-image");
    sidecarOf(otherImage).put("image", PodManifest.PROBE_IMAGE);
    ObjectNode otherCommand = sidecarOnTheStandInDevice("other-command");
    sidecarOf(otherCommand).putArray("command").add("/opt/java/bin/java").add("-version");
    ObjectNode otherName = sidecarOnTheStandInDevice("other-name");
    sidecarOf(otherName).put("name", "sidecar");
    ObjectNode foreignCode = sidecarOnTheStandInDevice("foreign-code");
    ((ArrayNode) sidecarOf(foreignCode).get("env"))
        .addObject()
        .put("name", "JDK_JAVA_OPTIONS")
        .put("value", "-javaagent:/run/keygate/containers/app/agent.jar");

    for (ObjectNode impostor :
        new ObjectNode[] {otherImage, otherCommand, otherName, foreignCode}) {
      CommandResult created = shop.create(impostor.toString());
      assertThat(created.isSuccess()).as(impostor.at("/metadata/name").asText()).isFalse();
      assertThat(created.stderr()).contains("ValidatingAdmissionPolicy", "keygate-vtpm");
    }
  }

  @Test
  void nobodyGetsIntoARunningSidecar() throws Exception {
    PodManifest pod =
        PodManifest.named("closed").withOrders().running("app", 2000, "do", Steps.STAY);
    shop.start(pod);
    shop.await("pod/closed", "condition=Ready");

    assertThat(shop.ask("exec", "closed", "-c", "keygate-sidecar", "--", "/bin/true").stderr())
        .contains("denied", "keygate-sidecar");
    assertThat(shop.ask("attach", "closed", "-c", "keygate-sidecar").stderr())
        .contains("denied", "keygate-sidecar");
    assertThat(
            shop.ask(
                    "debug",
                    "closed",
                    "--image=" + PodManifest.PROBE_IMAGE,
                    "--profile=restricted",
                    "--",
                    "id")
                .stderr())
        .contains("denied", "phemeral");
    assertThat(shop.ask("exec", "closed", "-c", "app", "--", "/probe", "id").stdout())
        .as("other containers are the app team's own")
        .contains("uid=2000");
    shop.remove(pod);
  }

  /** An injected pod's own spec, by hand, but with the node's device in place of the lab's vTPM. */
  private ObjectNode sidecarOnTheStandInDevice(String name)
      throws Surprise, InterruptedException, IOException {
    PodManifest like = PodManifest.named(name).withOrders().running("app", 2000, "do", Steps.STAY);
    JsonNode admitted =
        JSON.readTree(
            shop.requireWithInput(like.pod(), "create", "--dry-run=server", "-o=json", "-f", "-"));
    ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name);
    pod.set("spec", admitted.get("spec"));
    for (Iterator<JsonNode> env = sidecarOf(pod).get("env").elements(); env.hasNext(); ) {
      String variable = env.next().path("name").asText();
      if (variable.equals("keygate.lab.tpm") || variable.equals("keygate.lab.event-log")) {
        env.remove();
      }
    }
    return pod;
  }

  private static ObjectNode sidecarOf(JsonNode pod) {
    return (ObjectNode) pod.at("/spec/initContainers/0");
  }

  private void awaitSidecarSays(String pod, String what) {
    await(pod + " says " + what)
        .atMost(SOON)
        .until(() -> shop.log(pod, "keygate-sidecar").contains(what));
  }
}
