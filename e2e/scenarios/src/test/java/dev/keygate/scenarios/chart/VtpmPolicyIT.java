package dev.keygate.scenarios.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may have the vTPM: pods that try, on a real API server, as a cluster administrator. */
class VtpmPolicyIT {

  private static final Path PODS = Path.of("src", "test", "resources", "vtpm-pods");

  private static final Path INJECTED =
      Checkout.root().resolve("operator/src/test/resources/injection/cases");

  private static PolicedCluster cluster;

  @BeforeAll
  static void start() {
    cluster = PolicedCluster.shared();
  }

  static List<Path> valid() throws IOException {
    return files("valid-");
  }

  static List<Path> invalid() throws IOException {
    return files("invalid-");
  }

  /** The golden pods of injection, but for those of an installation with other values. */
  static List<Path> injected() throws IOException {
    List<Path> injected = new ArrayList<>();
    try (Stream<Path> cases = Files.list(INJECTED)) {
      for (Path folder : cases.sorted().toList()) {
        Path pod = folder.resolve("out-pod.yaml");
        if (Files.exists(pod)) {
          String text = Files.readString(pod);
          if (text.contains("\"keygate.dev/sidecar:0.1.0\"") && !text.contains("keygate.lab.")) {
            injected.add(pod);
          }
        }
      }
    }
    return injected;
  }

  @ParameterizedTest
  @MethodSource("injected")
  void admitsPodThatInjectionHasMade(Path file) throws Exception {
    ObjectNode pod = (ObjectNode) new YAMLMapper().readTree(Files.readString(file));
    // No webhook answers here, and there are no such accounts.
    ((ObjectNode) pod.path("metadata")).remove(List.of("labels", "namespace"));
    ((ObjectNode) pod.path("spec")).remove(List.of("serviceAccountName", "serviceAccount"));

    CommandResult result =
        cluster
            .kubectl()
            .runWithInput(
                pod.toString(),
                "create",
                "--namespace=default",
                "--dry-run=server",
                "--filename=-");

    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void admitsPod(Path file) throws Exception {
    CommandResult result = cluster.run("create", "--dry-run=server", "-f", file.toString());

    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
    assertThat(result.stderr()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesImpostorAndSaysWhy(Path file) throws Exception {
    CommandResult result = cluster.run("create", "--dry-run=server", "-f", file.toString());

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stderr())
        .contains("ValidatingAdmissionPolicy 'keygate-vtpm'")
        .contains(expected(file));
  }

  @Test
  void refusesAnotherImageForASidecarThatRuns() throws Exception {
    CommandResult result =
        cluster.run("set", "image", "pod/" + PolicedCluster.POD, "keygate-sidecar=evil:1");

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stderr()).contains("found evil:1");
  }

  @Test
  void admitsAnotherImageForTheApp() throws Exception {
    CommandResult result =
        cluster.run("set", "image", "pod/" + PolicedCluster.POD, "app=app:2", "--dry-run=server");

    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
  }

  @Test
  void refusesImpostorOfAController() throws Exception {
    // A controller creates pods as itself, so it is told what a user would be told.
    CommandResult result =
        cluster.run(
            "create",
            "--dry-run=server",
            "--as=system:serviceaccount:kube-system:replicaset-controller",
            "-f",
            PODS.resolve("invalid-command.yaml").toString());

    assertThat(result.stderr()).contains("'keygate-vtpm'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kube-system", "kube-public"})
  void refusesImpostorInTheClustersOwnNamespaces(String namespace) throws Exception {
    CommandResult result =
        cluster
            .kubectl()
            .run(
                "create",
                "--dry-run=server",
                "--namespace=" + namespace,
                "-f",
                PODS.resolve("invalid-command.yaml").toString());

    assertThat(result.stderr()).contains("'keygate-vtpm'");
  }

  @Test
  void refusesOptedInPodWhileTheWebhookIsAway() throws Exception {
    CommandResult result =
        cluster.run("run", "asking", "--image=app:1", "--labels=keygate.dev/inject=true");

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stderr()).contains("inject.keygate.dev");
  }

  @Test
  void admitsOtherPodWhileTheWebhookIsAway() throws Exception {
    CommandResult result =
        cluster.run("run", "other", "--image=app:1", "--labels=keygate.dev/inject=false");

    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keygate-vtpm", "keygate-exec", "keygate-ephemeral-containers"})
  void apiServerFindsNoFaultInThePolicysTypes(String policy) throws Exception {
    cluster
        .kubectl()
        .require(
            "wait",
            "validatingadmissionpolicy/" + policy,
            "--for=jsonpath={.status.observedGeneration}=1",
            "--timeout=60s");
    JsonNode status =
        new JsonMapper()
            .readTree(
                cluster
                    .kubectl()
                    .require("get", "validatingadmissionpolicy", policy, "--output=json"))
            .path("status");

    assertThat(status.path("typeChecking").path("expressionWarnings")).isEmpty();
  }

  /** The first line of a file is a comment: what the refusal says. */
  private static String expected(Path file) throws IOException {
    return Files.readAllLines(file).getFirst().replaceFirst("^# ", "").strip();
  }

  private static List<Path> files(String prefix) throws IOException {
    try (Stream<Path> paths = Files.list(PODS)) {
      return paths
          .filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
          .sorted()
          .toList();
    }
  }
}
