package dev.keygate.scenarios.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.KubernetesControlPlane;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.Checkout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chart's life in a cluster: what comes, what stays, what an upgrade does not touch. */
class HelmIT {

  private static final Path FOLDER = Path.of("target", "helm").toAbsolutePath();
  private static final String OLD = "{sidecar: {image: {tag: '1.0'}}}";
  private static final String NEW =
      "{sidecar: {image: {tag: '2.0'}}, webhook: {timeoutSeconds: 7}, networkPolicy: {enabled: true},"
          + " devicePlugin: {enabled: true, image: {digest: 'sha256:"
          + "0".repeat(64)
          + "'}}}";
  private static final Duration ENFORCED_WITHIN = Duration.ofSeconds(30);

  private static ChildProcesses children;
  private static KubernetesControlPlane cluster;

  /** What a command told, and how it ended. */
  private record Told(int exitCode, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    children = ChildProcesses.open(new SystemTime());
    Files.createDirectories(FOLDER);
    ClusterBinaries binaries =
        ClusterBinaries.obtain(BinaryOptions.from(System.getenv()), children, line -> {});
    cluster = KubernetesControlPlane.start(binaries, FOLDER, children);
  }

  @AfterAll
  static void stop() {
    children.close();
  }

  @BeforeEach
  void install() throws Exception {
    helm("uninstall", "keygate");

    Told told = helm("install", "keygate", chart(), values(OLD));

    assertThat(told.exitCode()).as(told.err()).isZero();
    assertThat(told.out()).contains("deployed, revision 1");
  }

  @Test
  void installBringsEveryObject() throws Exception {
    for (RenderedObject object : KeygateChart.render(OLD)) {
      assertThat(kubectl("get", object.reference()).isSuccess()).as(object.reference()).isTrue();
    }
  }

  @Test
  void upgradeLeavesWhatTheOperatorWrote() throws Exception {
    require(
        "patch",
        "secret",
        "keygate-webhook-tls",
        "--field-manager=keygate-operator",
        "-p",
        "{\"data\":{\"tls.crt\":\"Y3J0\",\"tls.key\":\"a2V5\",\"ca.crt\":\"Y2E=\"}}");
    require(
        "patch",
        "mutatingwebhookconfiguration",
        "keygate-injection",
        "--field-manager=keygate-operator",
        "--type=json",
        "-p",
        "[{\"op\":\"add\",\"path\":\"/webhooks/0/clientConfig/caBundle\",\"value\":\""
            + base64(cluster.caCertificate())
            + "\"}]");

    assertThat(helm("upgrade", "keygate", chart(), values(NEW)).out())
        .contains("deployed, revision 2");

    assertThat(field("secret/keygate-webhook-tls", "{.data}"))
        .contains("\"tls.key\":\"a2V5\"", "\"tls.crt\":\"Y3J0\"", "\"ca.crt\":\"Y2E=\"");
    String webhook = "mutatingwebhookconfiguration/keygate-injection";
    assertThat(field(webhook, "{.webhooks[0].clientConfig.caBundle}")).isNotEmpty();
    assertThat(field(webhook, "{.webhooks[0].timeoutSeconds}")).isEqualTo("7");
  }

  @Test
  void upgradeBringsAndTakesAwayOptions() throws Exception {
    helm("upgrade", "keygate", chart(), values(NEW));
    assertThat(kubectl("get", "networkpolicy/keygate-operator").isSuccess()).isTrue();
    assertThat(inKubeSystem("daemonset/keygate-device-plugin").isSuccess()).isTrue();

    helm("upgrade", "keygate", chart(), values(OLD));

    assertThat(kubectl("get", "networkpolicy/keygate-operator").stderr()).contains("NotFound");
    assertThat(inKubeSystem("daemonset/keygate-device-plugin").stderr()).contains("NotFound");
  }

  @Test
  void upgradeOfTheSidecarLeavesOldPodsAliveAndAdmitsNoMore() throws Exception {
    String old = pod("old", "keygate.dev/sidecar:1.0");
    assertThat(apply(old).isSuccess()).isTrue();

    helm("upgrade", "keygate", chart(), values(NEW));
    await()
        .atMost(ENFORCED_WITHIN)
        .untilAsserted(
            () ->
                assertThat(dryRun(pod("new", "keygate.dev/sidecar:1.0")).stderr())
                    .contains("'keygate-vtpm'", "keygate.dev/sidecar:2.0; found"));

    assertThat(dryRun(pod("new", "keygate.dev/sidecar:2.0")).isSuccess()).isTrue();
    assertThat(inDefault("label", "pod/old", "team=orders").isSuccess()).isTrue();
    assertThat(inDefault("set", "image", "pod/old", "keygate-sidecar=evil:1").stderr())
        .contains("found evil:1");
    assertThat(inDefault("delete", "pod/old", "--force", "--grace-period=0").isSuccess()).isTrue();
  }

  @Test
  void uninstallKeepsKindsAndKeysAndTheNextInstallTakesThemOver() throws Exception {
    Path example = Checkout.root().resolve("deploy").resolve("examples").resolve("orders");
    cluster.kubectl().require("apply", "-f", example.toString());

    assertThat(helm("uninstall", "keygate").exitCode()).isZero();

    assertThat(kubectl("get", "deployment/keygate-operator").stderr()).contains("NotFound");
    assertThat(kubectl("get", "validatingadmissionpolicy/keygate-vtpm").stderr())
        .contains("NotFound");
    assertThat(kubectl("get", "mutatingwebhookconfiguration/keygate-injection").stderr())
        .contains("NotFound");
    assertThat(
            cluster
                .kubectl()
                .require(
                    "get", "exportablekeys,releasepolicies", "--namespace=shop", "--output=name"))
        .contains("exportablekey.keygate.dev/orders", "releasepolicy.keygate.dev/");
    assertThat(helm("install", "keygate", chart(), values(OLD)).exitCode()).isZero();
  }

  @Test
  void refusesASecondRelease() throws Exception {
    Told told = helm("install", "another", chart(), values(OLD));

    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.err()).contains("keygate-operator", "another");
  }

  @Test
  void refusesValuesWithATypo() throws Exception {
    Told told = helm("upgrade", "keygate", chart(), values("{watchedNamespace: [shop]}"));

    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.err()).contains("watchedNamespace");
    assertThat(field("deployment/keygate-operator", "{.spec.template.spec.containers[0].env}"))
        .contains("keygate.dev/sidecar:1.0");
  }

  @Test
  void refusesToUpgradeWhatIsNotInstalled() throws Exception {
    assertThat(helm("upgrade", "another", chart(), values(OLD)).exitCode()).isEqualTo(1);
    assertThat(helm("uninstall", "another").exitCode()).isEqualTo(1);
  }

  private static String pod(String name, String image) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: default}
        spec:
          initContainers:
            - name: keygate-sidecar
              image: %s
              restartPolicy: Always
              resources: {limits: {keygate.dev/vtpm: 1}}
              securityContext: {runAsNonRoot: true}
          containers:
            - {name: app, image: 'app:1'}
        """
        .formatted(name, image);
  }

  private static Told helm(String... arguments) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--namespace=" + KeygateChart.NAMESPACE);
    all.add("--kubeconfig=" + cluster.adminKubeconfig());
    int exitCode =
        HelmMain.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Told(exitCode, out.toString(), err.toString());
  }

  private static String chart() {
    return KeygateChart.FOLDER.toString();
  }

  private static String values(String yaml) throws Exception {
    Path file = Files.createTempFile(FOLDER, "values-", ".yaml");
    return "--values=" + Files.writeString(file, yaml);
  }

  private static CommandResult apply(String manifest) throws Exception {
    return cluster.kubectl().runWithInput(manifest, "create", "-f", "-");
  }

  private static CommandResult dryRun(String manifest) throws Exception {
    return cluster.kubectl().runWithInput(manifest, "create", "--dry-run=server", "-f", "-");
  }

  private static CommandResult kubectl(String... arguments) throws Exception {
    return in(KeygateChart.NAMESPACE, arguments);
  }

  private static CommandResult inDefault(String... arguments) throws Exception {
    return in("default", arguments);
  }

  private static CommandResult inKubeSystem(String reference) throws Exception {
    return in("kube-system", "get", reference);
  }

  private static CommandResult in(String namespace, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--namespace=" + namespace));
    all.addAll(List.of(arguments));
    return cluster.kubectl().run(all.toArray(String[]::new));
  }

  private static String require(String... arguments) throws Exception {
    CommandResult result = kubectl(arguments);
    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
    return result.stdout();
  }

  private static String field(String reference, String path) throws Exception {
    return require("get", reference, "--output=jsonpath=" + path);
  }

  private static String base64(Path file) throws Exception {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }
}
