package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.cluster.process.CommandResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pods at a real API server that calls the shipped operator, as the shipped objects configure it.
 */
class InjectionIT {

  private static final Path RESOURCES = Path.of("src", "test", "resources", "injection");
  private static final Duration SOON = Duration.ofSeconds(20);

  private static Installation installation;
  private static KubernetesClient admin;

  @BeforeAll
  static void start() throws Exception {
    installation = Installation.shared();
    admin = installation.admin();
    makeNamespace("shop", Map.of());
    installation
        .kubectl()
        .require("apply", "--namespace=shop", "-f", RESOURCES.resolve("objects.yaml").toString());
  }

  static List<Path> refused() throws IOException {
    try (Stream<Path> cases = Files.list(RESOURCES.resolve("cases"))) {
      return cases
          .filter(folder -> Files.exists(folder.resolve("out-refusal.txt")))
          .filter(folder -> !Files.exists(folder.resolve("in-settings.properties")))
          // That the API server says itself, before it asks anybody.
          .filter(folder -> !folder.endsWith("service-account-unknown"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void tellsWhyAPodIsRefused(Path folder) throws Exception {
    CommandResult result = create("shop", folder.resolve("in-pod.yaml"), "--dry-run=server");

    String[] expected = Files.readString(folder.resolve("out-refusal.txt")).strip().split(": ", 2);
    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stderr())
        .contains("admission webhook \"inject.keygate.dev\" denied the request", expected[0])
        .contains(expected[1]);
  }

  @Test
  void injectsPodsOfADeployment() throws Exception {
    apply(
        "shop",
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web, keygate.dev/inject: "true"}
              annotations: {keygate.dev/keys: orders}
            spec:
              serviceAccountName: orders-api
              containers: [{name: web, image: registry.example/web:1}]
        """);

    Pod pod =
        Awaitility.await()
            .atMost(SOON)
            .until(() -> podsLabelled("shop", "app", "web"), pods -> !pods.isEmpty())
            .getFirst();
    assertThat(pod.getSpec().getInitContainers())
        .extracting(Container::getName)
        .containsExactly("keygate-sidecar");
    assertThat(pod.getSpec().getContainers().getFirst().getVolumeMounts())
        .anySatisfy(mount -> assertThat(mount.getSubPath()).isEqualTo("web"));
    assertThat(pod.getMetadata().getAnnotations()).containsKey("keygate.dev/injected");
  }

  @Test
  void changesNothingInAPodThatComesBack() throws Exception {
    Pod first = create("shop", "first", Map.of());

    Pod again =
        admin
            .resource(
                new PodBuilder(first)
                    .withNewMetadata()
                    .withName("second")
                    .withNamespace("shop")
                    .withLabels(first.getMetadata().getLabels())
                    .withAnnotations(first.getMetadata().getAnnotations())
                    .endMetadata()
                    .withStatus(null)
                    .build())
            .create();

    assertThat(again.getSpec()).isEqualTo(first.getSpec());
    assertThat(again.getMetadata().getAnnotations())
        .isEqualTo(first.getMetadata().getAnnotations());
  }

  /** The API server calls again when its own plugins have changed what the webhook added. */
  @Test
  void getsAlongWithALimitRange() throws Exception {
    makeNamespace("limited", Map.of());
    installation
        .kubectl()
        .require(
            "apply", "--namespace=limited", "-f", RESOURCES.resolve("objects.yaml").toString());
    apply(
        "limited",
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: defaults}
        spec: {limits: [{type: Container, default: {cpu: 300m, memory: 64Mi}}]}
        """);

    Pod pod =
        Awaitility.await()
            .atMost(SOON)
            .until(
                () -> create("limited", "limited-" + UUID.randomUUID(), Map.of()),
                // The API server itself may need a moment to hear of the LimitRange.
                created ->
                    created
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getLimits()
                        .containsKey("cpu"));

    assertThat(pod.getSpec().getInitContainers()).hasSize(1);
    assertThat(pod.getSpec().getInitContainers().getFirst().getResources().getLimits())
        .hasEntrySatisfying("memory", limit -> assertThat(limit.toString()).isEqualTo("128Mi"))
        .hasEntrySatisfying("cpu", limit -> assertThat(limit.toString()).isEqualTo("300m"));
  }

  @Test
  void admitsTheInjectedPodUnderTheRestrictedStandard() throws Exception {
    makeNamespace("restricted", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    installation
        .kubectl()
        .require(
            "apply", "--namespace=restricted", "-f", RESOURCES.resolve("objects.yaml").toString());

    CommandResult result =
        installation
            .kubectl()
            .runWithInput(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: orders
                  namespace: restricted
                  labels: {keygate.dev/inject: "true"}
                  annotations: {keygate.dev/keys: orders}
                spec:
                  serviceAccountName: orders-api
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: app
                      image: registry.example/app:1
                      securityContext:
                        allowPrivilegeEscalation: false
                        capabilities: {drop: [ALL]}
                """,
                "create",
                "-f",
                "-");

    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
  }

  /** No watch can have told the operator yet of what was applied a moment before. */
  @Test
  void injectsAPodThatIsAppliedTogetherWithItsObjects() throws Exception {
    makeNamespace("together", Map.of());
    for (int i = 0; i < 5; i++) {
      String objects =
          """
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: account-%1$d
            annotations:
              azure.workload.identity/client-id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be201
          ---
          apiVersion: keygate.dev/v1alpha1
          kind: ReleasePolicy
          metadata: {name: policy-%1$d}
          spec:
            grammar:
              version: 1.0.0
              anyOf:
                - authority: https://sharedweu.weu.attest.azure.net
                  allOf: [{claim: some-claim, equals: one}]
          ---
          apiVersion: keygate.dev/v1alpha1
          kind: ExportableKey
          metadata: {name: key-%1$d}
          spec:
            vault: {url: "https://contoso.vault.azure.net"}
            keyType: RSA-HSM
            keySizeBits: 2048
            releasePolicyRef: {name: policy-%1$d}
            consumers: [{serviceAccountName: account-%1$d}]
          ---
          apiVersion: v1
          kind: Pod
          metadata:
            name: pod-%1$d
            labels: {keygate.dev/inject: "true"}
            annotations: {keygate.dev/keys: key-%1$d}
          spec:
            serviceAccountName: account-%1$d
            containers: [{name: app, image: registry.example/app:1}]
          """
              .formatted(i);

      CommandResult result =
          installation.kubectl().runWithInput(objects, "apply", "--namespace=together", "-f", "-");

      assertThat(result.isSuccess()).as(result.stderr()).isTrue();
    }
    assertThat(admin.pods().inNamespace("together").list().getItems())
        .hasSize(5)
        .allSatisfy(pod -> assertThat(pod.getSpec().getInitContainers()).hasSize(1));
  }

  @Test
  void leavesThePodsOfItsOwnNamespaceAlone() throws Exception {
    CommandResult result =
        create(
            "keygate-system",
            RESOURCES.resolve("cases").resolve("no-key-named").resolve("in-pod.yaml"),
            "--dry-run=server");

    // The namespace enforces the restricted standard, which this pod does not meet.
    assertThat(result.stderr()).doesNotContain("inject.keygate.dev");
  }

  @Test
  void refusesOptedInPodsAloneWhileTheOperatorIsAway() throws Exception {
    installation.killOperator();
    try {
      Path optedIn = RESOURCES.resolve("cases").resolve("bare-pod").resolve("in-pod.yaml");
      Path other = RESOURCES.resolve("cases").resolve("no-label").resolve("in-pod.yaml");

      assertThat(create("shop", optedIn, "--dry-run=server").stderr())
          .contains("failed calling webhook \"inject.keygate.dev\"");
      assertThat(create("shop", other, "--dry-run=server").isSuccess()).isTrue();
    } finally {
      installation.restartOperator();
    }
    assertThat(create("shop", "after-the-restart", Map.of()).getSpec().getInitContainers())
        .hasSize(1);
  }

  /** The pod of the case {@code bare-pod} under another name. */
  static Pod create(String namespace, String name, Map<String, String> moreAnnotations)
      throws IOException {
    Pod pod =
        Serialization.unmarshal(
            Files.readString(RESOURCES.resolve("cases").resolve("bare-pod").resolve("in-pod.yaml")),
            Pod.class);
    return admin
        .resource(
            new PodBuilder(pod)
                .editMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToAnnotations(moreAnnotations)
                .endMetadata()
                .build())
        .create();
  }

  private static CommandResult create(String namespace, Path pod, String option)
      throws IOException, InterruptedException {
    String yaml = Files.readString(pod).replace("namespace: shop", "namespace: " + namespace);
    return installation
        .kubectl()
        .runWithInput(yaml, "create", option, "--namespace=" + namespace, "-f", "-");
  }

  private static void apply(String namespace, String yaml) throws Exception {
    CommandResult result =
        installation.kubectl().runWithInput(yaml, "apply", "--namespace=" + namespace, "-f", "-");
    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
  }

  private static List<Pod> podsLabelled(String namespace, String label, String value) {
    return admin.pods().inNamespace(namespace).withLabel(label, value).list().getItems();
  }

  private static void makeNamespace(String name, Map<String, String> labels) {
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .serverSideApply();
  }
}
