package dev.keygate.scenarios.sequences;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.demo.OperatorProcess;
import dev.keygate.scenarios.demo.Stage;
import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** API server, lab and operator as processes, and what can be done to them. */
final class RealWorld {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stage stage;
  private OperatorProcess operator;

  private RealWorld(Stage stage, OperatorProcess operator) {
    this.stage = stage;
    this.operator = operator;
  }

  /** Installs the operator on the stage and starts it. */
  static RealWorld on(Stage stage) throws Surprise, InterruptedException {
    stage.installWithAccounts();
    OperatorProcess operator = OperatorProcess.launch(stage);
    operator.awaitReady();
    return new RealWorld(stage, operator);
  }

  /** Gives the operator a new token, as a kubelet would. */
  void renewTokens() throws Surprise, InterruptedException {
    stage.renewTokens();
  }

  VaultHand hand() throws Surprise, InterruptedException {
    return VaultHand.at(stage.lab(), stage.time());
  }

  /** Makes a namespace. */
  void createNamespace(String name) throws Surprise, InterruptedException {
    stage.kubectl("create", "namespace", name);
  }

  /** Begins to delete an object; one that is not there is no surprise. */
  void delete(String... typeAndName) throws Surprise, InterruptedException {
    List<String> command = new ArrayList<>(List.of("delete", "--ignore-not-found", "--wait=false"));
    command.addAll(List.of(typeAndName));
    stage.kubectl(command.toArray(String[]::new));
  }

  /** Applies a manifest; the answer is the API server's refusal, if it refused. */
  Optional<String> apply(ObjectNode manifest) throws Surprise, InterruptedException {
    try {
      CommandResult result = stage.kubectl().runWithInput(manifest.toString(), "apply", "-f", "-");
      return result.isSuccess() ? Optional.empty() : Optional.of(result.firstLine());
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  /** Whether a namespace is there, or on its way out. */
  boolean hasNamespace(String name) throws Surprise, InterruptedException {
    return !stage.kubectl("get", "namespace", name, "--ignore-not-found", "-o=name").isEmpty();
  }

  /** All keys of a namespace. */
  List<ObservedKey> keys(String namespace) throws Surprise, InterruptedException {
    JsonNode all =
        read(stage.kubectl("get", "expkey,relpol,configmap", "-n", namespace, "-o=json"))
            .path("items");
    List<ObservedKey> keys = new ArrayList<>();
    for (JsonNode object : all) {
      if (object.path("kind").asText().equals("ExportableKey")) {
        String policy = object.at("/spec/releasePolicyRef/name").asText();
        String grant = object.at("/metadata/name").asText() + ".keygate";
        keys.add(
            new ObservedKey(
                object,
                find(all, "ReleasePolicy", policy)
                    .map(found -> found.at("/metadata/annotations").path(Manifests.WRITTEN))
                    .map(written -> WrittenPolicy.valueOf(written.asText())),
                find(all, "ConfigMap", grant).map(found -> found.at("/data/grant.json").asText())));
      }
    }
    return keys;
  }

  private static Optional<JsonNode> find(JsonNode objects, String kind, String name) {
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals(kind)
          && object.at("/metadata/name").asText().equals(name)) {
        return Optional.of(object);
      }
    }
    return Optional.empty();
  }

  private static JsonNode read(String json) throws Surprise {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new Surprise(e);
    }
  }

  /** Kills the operator with SIGKILL and starts it again at once. */
  void killOperator() throws Surprise, InterruptedException {
    operator.process().kill();
    operator = OperatorProcess.launch(stage);
  }

  /** Waits until the operator that was started last is ready. */
  void awaitOperator() throws Surprise, InterruptedException {
    operator.awaitReady();
  }

  /** Adds a fault to the next calls of the vault. */
  void inject(ObjectNode fault) throws Surprise, InterruptedException {
    stage.lab().inject(fault.put("host", VaultHand.HOST));
  }

  void clearFaults() throws Surprise, InterruptedException {
    stage.lab().clearFaults();
  }

  /** Makes a new version of a key, as somebody in the portal would. */
  void addVersion(String key) throws Surprise, InterruptedException {
    stage.lab().rotate(VaultHand.NAME, key);
  }

  /** How many requests of a method the vault gets in that time. */
  int callsWithin(Duration time, List<String> methods) throws Surprise, InterruptedException {
    for (String method : methods) {
      // A delay of a millisecond changes nothing, and is counted.
      inject(
          JSON.createObjectNode()
              .put("method", method)
              .put("effect", "delay")
              .put("milliseconds", 1));
    }
    pause(time);
    int calls = stage.lab().strikes();
    clearFaults();
    return calls;
  }

  void pause(Duration time) throws InterruptedException {
    stage.time().sleep(time);
  }

  /** A reading in nanoseconds that only grows. */
  long nanoTime() {
    return stage.time().nanoTime();
  }
}
