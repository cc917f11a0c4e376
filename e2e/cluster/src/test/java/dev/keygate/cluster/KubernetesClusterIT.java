package dev.keygate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.node.DevicePluginOptions;
import dev.keygate.cluster.pki.WebhookCredentials;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What tests of the product take for granted of the nodes they run on. */
@Execution(ExecutionMode.CONCURRENT)
class KubernetesClusterIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";
  private static final String AS_ACCOUNT =
      " --ca " + ACCOUNT + "ca.crt --bearer-file " + ACCOUNT + "token";
  private static final String ON_CONFIDENTIAL =
      "nodeSelector: {kubernetes.azure.com/security-type: ConfidentialVM}";
  private static final String WITH_DEVICE = "resources: {limits: {keygate.dev/vtpm: 1}}";

  @TempDir(factory = InTarget.class)
  private static Path directory;

  private static ChildProcesses children;
  private static ClusterBinaries binaries;
  private static KubernetesCluster cluster;
  private static TestSpace space;

  @BeforeAll
  static void startOneForAll() throws Exception {
    children = ChildProcesses.open(new SystemTime());
    TestCluster.assumePossible(directory, children);
    binaries = TestCluster.binaries(children);
    long start = children.time().nanoTime();
    cluster = TestCluster.start(binaries, directory, children);
    Duration took = Duration.ofNanos(children.time().nanoTime() - start);
    System.out.println("keygate: both nodes are ready after " + took.toMillis() + " ms");
    Path log = Files.writeString(directory.resolve("event-log"), "measured");
    space = new TestSpace(cluster, "restricted");
    cluster.startDevicePlugin(DevicePluginOptions.of(log));
    space.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: restricted, labels: {pod-security.kubernetes.io/enforce: restricted}}
        """);
  }

  @AfterAll
  static void stopAll() throws Exception {
    if (cluster != null) {
      Traces traces = Traces.of(cluster);
      cluster.close();
      traces.awaitGone();
    }
    children.close();
  }

  @Test
  void bothNodesAreReadyAndOneSaysThatItIsConfidential() throws Exception {
    String ready = "{.items[*].status.conditions[?(@.type=='Ready')].status}";
    String name = "{.items[*].metadata.name}";

    assertThat(space.get("nodes", ready)).isEqualTo("True True");
    assertThat(
            cluster
                .kubectl()
                .require("get", "nodes", "-l", "kubernetes.azure.com/security-type", "-o=name"))
        .isEqualTo("node/confidential\n");
    assertThat(space.get("nodes", name)).isEqualTo("confidential ordinary");
  }

  @Test
  void podWithoutPrivilegeRuns() throws Exception {
    assertThat(space.logsOf(TestPod.doing("plain", "id", "write /x y", "open-rw /probe")))
        .contains("id | uid=1000 gid=0")
        .contains("write /x y | error: EROFS")
        .contains("open-rw /probe | error: EACCES");
  }

  @Test
  void namespaceThatEnforcesRestrictedRefusesAHostPath() throws Exception {
    CommandResult refused =
        space.tryToApply(
            TestPod.doing("host", "id")
                .withPod("volumes: [{name: host, hostPath: {path: /}}]")
                .yaml());

    assertThat(refused.isSuccess()).isFalse();
    assertThat(refused.stderr()).contains("restricted");
  }

  @Test
  void podReachesTheApiServerThroughItsServiceAndAnyoneReadsTheIssuersKeys() throws Exception {
    String issuer = cluster.controlPlane().issuer();
    assertThat(issuer).isEqualTo("https://10.244.0.1:16443");
    String metadata = "http GET " + issuer + "/.well-known/openid-configuration --ca ";

    String logs =
        space.logsOf(
            TestPod.doing(
                "client",
                "http GET https://10.96.0.1/version" + AS_ACCOUNT,
                "http GET https://10.96.0.1/api/v1/secrets" + AS_ACCOUNT,
                "http GET https://10.96.0.1/version --ca " + ACCOUNT + "ca.crt",
                metadata + ACCOUNT + "ca.crt"));

    assertThat(logs)
        .contains("/version" + AS_ACCOUNT + " | 200 ")
        .contains("/secrets" + AS_ACCOUNT + " | 403 ")
        .contains("/version --ca " + ACCOUNT + "ca.crt | 401 ")
        .contains("\"issuer\":\"" + issuer + "\"");
  }

  @Test
  void appStartsWhenTheStartupProbeOfItsNativeSidecarSucceeds() throws Exception {
    TestPod app =
        TestPod.doing("sidecar", "http GET http://127.0.0.1:8080/health")
            .withPod(
                "initContainers:",
                "- name: side",
                "  image: keygate.test/probe:1",
                "  imagePullPolicy: Never",
                "  restartPolicy: Always",
                "  args: [serve, '0.0.0.0:8080', --ready-after, 2s]",
                "  startupProbe: {httpGet: {path: /health, port: 8080}, periodSeconds: 1}",
                "  securityContext: {runAsUser: 2000, runAsNonRoot: true,"
                    + " allowPrivilegeEscalation: false, capabilities: {drop: [ALL]},"
                    + " seccompProfile: {type: RuntimeDefault}}");

    assertThat(space.logsOf(app)).contains("/health | 200 ok");
  }

  @Test
  void deviceOpensForItsGroupAlone() throws Exception {
    String open = "open-rw /dev/tpmrm0";
    TestPod member =
        TestPod.doing("member", open)
            .withPod(ON_CONFIDENTIAL, "securityContext: {supplementalGroups: [111]}")
            .withContainer(WITH_DEVICE);
    TestPod stranger =
        TestPod.doing("stranger", open).withPod(ON_CONFIDENTIAL).withContainer(WITH_DEVICE);
    TestPod bystander = TestPod.doing("bystander", open).withPod(ON_CONFIDENTIAL);

    assertThat(space.logsOf(member)).contains(open + " | ok");
    assertThat(space.logsOf(stranger)).contains(open + " | error: EACCES");
    assertThat(space.logsOf(bystander)).contains(open + " | error: ENOENT");
  }

  @Test
  void bootEventLogIsReadByGroupRootAndWrittenByNobody() throws Exception {
    String log = "/run/keygate/boot-log/binary_bios_measurements";
    TestPod reader =
        TestPod.doing("reader", "cat " + log, "open-rw " + log, "ls /run/keygate")
            .withContainer(WITH_DEVICE);
    TestPod stranger =
        TestPod.doing("outsider", "cat " + log)
            .withPod("securityContext: {runAsUser: 3000, runAsGroup: 3000}")
            .withContainer(WITH_DEVICE);

    assertThat(space.logsOf(reader))
        .contains("cat " + log + " | measured")
        .contains("open-rw " + log + " | error: E")
        .contains("ls /run/keygate | boot-log\n")
        .doesNotContain("| lab");
    assertThat(space.logsOf(stranger)).contains("cat " + log + " | error: EACCES");
  }

  @Test
  void podThatAsksForTheDeviceOnTheOrdinaryNodeStaysPending() throws Exception {
    space.apply(
        TestPod.doing("pending", "id")
            .withPod("nodeSelector: {kubernetes.io/hostname: ordinary}")
            .withContainer(WITH_DEVICE)
            .yaml());

    space.await("pod/pending", "condition=PodScheduled=False");
    assertThat(space.get("pod/pending", "{.status.conditions[0].reason}"))
        .isEqualTo("Unschedulable");
  }

  @Test
  void webhookBehindAServiceIsAsked() throws Exception {
    WebhookCredentials credentials =
        WebhookCredentials.make(directory.resolve("webhook"), "webhook.restricted.svc");
    space.apply(WebhookManifests.secret(credentials));
    space.apply(
        TestPod.doing("webhook", "serve 0.0.0.0:8443 --cert /tls/tls.crt --key /tls/tls.key")
            .withPod("volumes: [{name: tls, secret: {secretName: webhook}}]")
            .withContainer(
                "volumeMounts: [{name: tls, mountPath: /tls}]",
                "readinessProbe: {tcpSocket: {port: 8443}, periodSeconds: 1}")
            .yaml());
    for (String service : List.of("webhook", "absent")) {
      space.apply(WebhookManifests.service(service));
      space.apply(WebhookManifests.configuration(credentials, "restricted", service));
    }
    space.await("pod/webhook", "condition=Ready");

    // The proxy learns of a ready pod after we do.
    Awaitility.await()
        .atMost(SOON)
        .until(() -> space.tryToApply(WebhookManifests.configMapThatAsks("webhook")).isSuccess());
    CommandResult refused = space.tryToApply(WebhookManifests.configMapThatAsks("absent"));

    assertThat(space.get("configmap/asks-webhook", "{.metadata.annotations.probe}"))
        .isEqualTo("seen");
    assertThat(refused.isSuccess()).isFalse();
    assertThat(refused.stderr()).contains("absent");
  }

  @Test
  void changedConfigMapReachesARunningPod() throws Exception {
    space.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: grant}, data: {version: one}}");
    space.apply(
        TestPod.looping("watcher", "cat /grant/version")
            .withPod("volumes: [{name: grant, configMap: {name: grant}}]")
            .withContainer("volumeMounts: [{name: grant, mountPath: /grant}]")
            .yaml());
    space.await("pod/watcher", "condition=Ready");
    Awaitility.await().atMost(SOON).until(() -> space.lastLineOf("watcher").endsWith(" | one"));

    space.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: grant}, data: {version: two}}");

    Awaitility.await().atMost(SOON).until(() -> space.lastLineOf("watcher").endsWith(" | two"));
  }

  @Test
  void podReachesAServerOnTheBridgeAndNothingOutside() throws Exception {
    ChildCommand metadata =
        ChildCommand.of(
            "metadata",
            List.of(binaries.path(ClusterBinary.PROBE).toString(), "serve", "169.254.169.254:80"),
            directory.resolve("metadata.log"));
    try (ChildProcess server = children.start(cluster.inNetwork(metadata))) {
      server.awaitReady(() -> server.lastLogLines(1).toString().contains("serving"), SOON);

      assertThat(
              space.logsOf(
                  TestPod.doing(
                      "outward", "http GET http://169.254.169.254/", "http GET http://192.0.2.1/")))
          .contains("http://169.254.169.254/ | 200 hello")
          .contains("http://192.0.2.1/ | error: EHOSTUNREACH");
    }
  }

  @Test
  void portOfTheHostLeadsToItsPod() throws Exception {
    TestSpace unrestricted = new TestSpace(cluster, "default");
    unrestricted.apply(
        TestPod.doing("published", "serve 0.0.0.0:8080")
            .withPod("nodeSelector: {kubernetes.io/hostname: ordinary}")
            .withContainer(
                "ports: [{containerPort: 8080, hostPort: 18080}]",
                "readinessProbe: {httpGet: {path: /health, port: 8080}, periodSeconds: 1}")
            .yaml());
    unrestricted.await("pod/published", "condition=Ready");

    assertThat(space.logsOf(TestPod.doing("visitor", "http GET http://10.244.0.2:18080/")))
        .contains("| 200 hello from published");
  }

  @Test
  void logsOfAnUnknownPodAreAFailureAndADescriptionIsNot() throws Exception {
    assertThatThrownBy(() -> cluster.logs("restricted", "nobody", "main"))
        .isInstanceOf(IOException.class);
    assertThat(cluster.describe("nowhere")).isNotBlank();
  }

  @Test
  void tellsTheMemoryOfItsProcesses() throws Exception {
    assertThat(cluster.processes())
        .extracting(ChildProcess::name)
        .contains("etcd", "kube-proxy", "kubelet-confidential", "containerd-ordinary");
    List<String> figures = new ArrayList<>();
    for (ChildProcess process : cluster.processes()) {
      long mebibytes = process.largestMemory().currentBytes() >> 20;
      figures.add(process.name() + " " + mebibytes);
      assertThat(mebibytes).isPositive();
    }
    System.out.println("keygate: memory of the test cluster in MiB: " + String.join(", ", figures));
  }
}
