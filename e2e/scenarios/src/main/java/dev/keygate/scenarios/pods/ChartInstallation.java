package dev.keygate.scenarios.pods;

import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.images.ProductImage;
import dev.keygate.scenarios.chart.HelmMain;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chart on a stage, with the lab in Azure's place, as a release of Helm's. */
public final class ChartInstallation {

  /** Where the operator lives. */
  public static final String NAMESPACE = "keygate-system";

  private static final String RELEASE = "keygate";
  private static final String OPERATOR = "keygate-operator";
  private static final Duration HELM_WITHIN = Duration.ofSeconds(80);
  private static final String POD_THAT_NAMES_NO_KEY =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: keyless, labels: {keygate.dev/inject: "true"}}
      spec: {containers: [{name: app, image: registry.example/app:1}]}
      """;
  private static final String SUBJECT = "system:serviceaccount:";

  private final PodStage stage;

  /** On this stage. */
  public ChartInstallation(PodStage stage) {
    this.stage = stage;
  }

  /** Installs the chart and waits until the operator admits pods. */
  public void install() throws Surprise, InterruptedException {
    prepare();
    helm("install", "--values", values("3s").toString());
    awaitOperator();
  }

  /** Upgrades the release to the same chart with this in place of its resync interval. */
  public void upgrade(String resyncInterval) throws Surprise, InterruptedException {
    helm("upgrade", "--values", values(resyncInterval).toString());
    awaitOperator();
  }

  /** Uninstalls the release. */
  public void uninstall() throws Surprise, InterruptedException {
    helm("uninstall");
  }

  /** Takes the operator away, and its webhook with it; returns when its pod is gone. */
  public void stopOperator() throws Surprise, InterruptedException {
    require("scale", "deployment/" + OPERATOR, "--replicas=0");
    require(
        "wait",
        "pod",
        "--selector=app.kubernetes.io/name=" + OPERATOR,
        "--for=delete",
        "--timeout=60s");
  }

  /** Brings it back and waits until it admits pods. */
  public void startOperator() throws Surprise, InterruptedException {
    require("scale", "deployment/" + OPERATOR, "--replicas=1");
    awaitOperator();
  }

  /** The operator's container. */
  public ContainerProcess operatorProcess() throws Surprise, InterruptedException {
    String pod =
        ask(
                "get",
                "pods",
                "--selector=app.kubernetes.io/name=" + OPERATOR,
                "-o=jsonpath={.items[0].metadata.name}")
            .stdout();
    return ContainerProcess.of(stage, NAMESPACE, pod.strip(), "containerStatuses[0]");
  }

  /** How often the operator was restarted. */
  public String operatorRestarts() throws Surprise, InterruptedException {
    return ask(
            "get",
            "pods",
            "--selector=app.kubernetes.io/name=" + OPERATOR,
            "-o=jsonpath={.items[0].status.containerStatuses[0].restartCount}")
        .stdout();
  }

  private void awaitOperator() throws Surprise, InterruptedException {
    CommandResult result = ask("rollout", "status", "deployment/" + OPERATOR, "--timeout=80s");
    if (!result.isSuccess()) {
      throw new Surprise(
          "the operator does not get ready: "
              + result.firstLine()
              + "\n"
              + ask("describe", "pods").stdout()
              + ask("logs", "deployment/" + OPERATOR, "--tail=40").stdout());
    }
    // The API server's way to a pod that is ready is open a moment later.
    stage.until("the API server reaches the webhook", this::isWebhookReached);
  }

  /** Told by a refusal that only the webhook gives; nothing is created. */
  private boolean isWebhookReached() throws Surprise, InterruptedException {
    try {
      return stage
          .kubectl()
          .runWithInput(
              POD_THAT_NAMES_NO_KEY,
              "create",
              "--namespace=default",
              "--dry-run=server",
              "--filename=-")
          .stderr()
          .contains("(KeysMissing)");
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  private void prepare() throws Surprise, InterruptedException {
    applyNamespace();
    LabProcess lab = stage.lab();
    ask("create", "configmap", "keygate-lab", "--from-file=" + lab.trustRoots());
    String issuer = stage.cluster().controlPlane().issuer();
    String authority = read(stage.cluster().controlPlane().caCertificate());
    lab.federate("operator", issuer, SUBJECT + NAMESPACE + ":" + OPERATOR, authority);
    lab.federate(
        "workload", issuer, SUBJECT + Shop.NAMESPACE + ":" + Shop.SERVICE_ACCOUNT, authority);
  }

  private void applyNamespace() throws Surprise, InterruptedException {
    Path namespace = stage.artefacts().installation().resolve("00.Namespace.keygate-system.yaml");
    require("apply", "-f", namespace.toString());
  }

  private Path values(String resyncInterval) throws Surprise {
    LabProcess lab = stage.lab();
    String text =
        String.join(
            "\n",
            "image: {pullPolicy: Never, tag: \"" + tag(stage.images().operator()) + "\"}",
            "identity:",
            "  tenantId: " + lab.tenant(),
            "  clientId: " + lab.clientId("operator"),
            "resyncInterval: " + resyncInterval,
            // Who is stopped, killed or asked in these stories has to be one pod.
            "operator: {replicas: 1}",
            "sidecar:",
            "  image: {pullPolicy: Never, tag: \"" + tag(stage.images().sidecar()) + "\"}",
            "  deviceGroup: " + PodStage.DEVICE_GROUP,
            "lab:",
            "  enabled: true",
            "  proxy: " + lab.proxy(),
            "  imds: http://" + PodStage.METADATA_ADDRESS,
            "");
    try {
      return Files.writeString(stage.folder().resolve("values.yaml"), text);
    } catch (IOException e) {
      throw new Surprise("cannot write the chart's values", e);
    }
  }

  private static String tag(ProductImage image) {
    return image.reference().substring(image.reference().lastIndexOf(':') + 1);
  }

  /** In a JVM of its own, because the API server is in the cluster's network. */
  private void helm(String verb, String... more) throws Surprise, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(verb, RELEASE));
    if (!verb.equals("uninstall")) {
      arguments.add(stage.artefacts().chart().toString());
    }
    arguments.addAll(
        List.of(
            "--namespace",
            NAMESPACE,
            "--kubeconfig",
            stage.cluster().controlPlane().adminKubeconfig().toString()));
    arguments.addAll(List.of(more));
    JavaProcess helm =
        JavaProcess.of("helm", stage.artefacts().scenarios(), "96m")
            .withArguments(arguments)
            .startingAt(HelmMain.class);
    try {
      CommandResult result =
          stage
              .children()
              .run(stage.cluster().network().before(helm.command()), Map.of(), "", HELM_WITHIN);
      if (!result.isSuccess()) {
        throw new Surprise("helm " + verb + ": " + result.stderr() + result.stdout());
      }
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  private void require(String... arguments) throws Surprise, InterruptedException {
    CommandResult result = ask(arguments);
    if (!result.isSuccess()) {
      throw new Surprise("kubectl " + arguments[0] + ": " + result.firstLine());
    }
  }

  private CommandResult ask(String... arguments) throws Surprise, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--namespace=" + NAMESPACE);
    try {
      return stage.kubectl().run(all.toArray(String[]::new));
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  private static String read(Path file) throws Surprise {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Surprise("cannot read " + file, e);
    }
  }
}
