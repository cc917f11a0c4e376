package dev.keygate.operator;

import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.FederatedIdentity;
import dev.keygate.azure.identity.WorkloadIdentity;
import dev.keygate.azure.keyvault.KeyVaultHttpClient;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.Kubectl;
import dev.keygate.cluster.KubernetesControlPlane;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.emulator.Lab;
import dev.keygate.emulator.LabSetup;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.entra.FederatedCredential;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shipped operator as users install it: a process of its jar, under the shipped ClusterRole, on
 * a real API server, with the lab for Azure. One for all tests; it ends with the JVM.
 */
final class Installation {

  static final Path DEPLOY = Path.of("..", "deploy");

  private static final Path FOLDER = Path.of("target", "installation").toAbsolutePath();
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final String NAMESPACE = "keygate-system";
  private static final String ACCOUNT = "keygate-operator";
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  /** Keeps its name when it is started again, as a container does in its pod. */
  static final String FIRST = "first";

  private record Replica(String identity, int webhookPort) {}

  private final SystemTime time = new SystemTime();
  private final ChildProcesses children = ChildProcesses.open(time);
  private final KubernetesControlPlane cluster;
  private final Lab lab;
  private final KubernetesClient admin;
  private final FederatedIdentity identity;
  private final int webhookPort = freePort();
  private ChildProcess operator;

  private static final class Holder {
    static final Installation SHARED = start();

    private static Installation start() {
      try {
        return new Installation();
      } catch (Exception e) {
        throw new IllegalStateException("the installation does not start", e);
      }
    }
  }

  /** The one that runs. */
  static Installation shared() {
    return Holder.SHARED;
  }

  private Installation() throws Exception {
    Files.createDirectories(FOLDER);
    ClusterBinaries binaries =
        ClusterBinaries.obtain(BinaryOptions.from(System.getenv()), children, line -> {});
    cluster = KubernetesControlPlane.start(binaries, FOLDER.resolve("kubernetes"), children);
    lab = Lab.start(LabDescription.standard(), LabSetup.in(folderOfLab(), time));
    admin =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(cluster.adminKubeconfig())))
            .build();
    kubectl().require("apply", "-f", DEPLOY.resolve("crds").toString());
    kubectl().require("apply", "-f", DEPLOY.resolve("install").toString());
    leadWebhookHere();
    lab.register(
        new FederatedCredential(
            lab.principal("operator").clientId(),
            cluster.issuer(),
            "system:serviceaccount:" + NAMESPACE + ":" + ACCOUNT,
            Files.readString(cluster.caCertificate())));
    identity =
        FederatedIdentity.of(
            "https://login.microsoftonline.com/",
            lab.description().tenant().toString(),
            lab.principal("operator").clientId().toString(),
            federatedToken());
    operator = launch(new Replica(FIRST, webhookPort));
  }

  Kubectl kubectl() {
    return cluster.kubectl();
  }

  /** kubectl as the operator's ServiceAccount. */
  Kubectl kubectlAsOperator() throws IOException, InterruptedException {
    return kubectl().as(cluster.kubeconfigFor(NAMESPACE, ACCOUNT));
  }

  KubernetesClient admin() {
    return admin;
  }

  Lab lab() {
    return lab;
  }

  /** Somebody else with the operator's permissions, who works in the vault by hand. */
  VaultByHand vault() throws Exception {
    AzureNetwork network =
        AzureNetwork.lab(
            lab.trustFolder().resolve("tls-root.pem"),
            lab.proxyAddress(),
            URI.create("http://127.0.0.1"));
    JavaHttpExchange exchange = JavaHttpExchange.overTls(network, Timeouts.REMOTE);
    WorkloadIdentity tokens = new WorkloadIdentity(identity, exchange, time);
    return new VaultByHand(new KeyVaultHttpClient(exchange, tokens, time), exchange, tokens);
  }

  /** All that the operator has logged. */
  String operatorLog() throws IOException {
    return Files.readString(log(FIRST));
  }

  /** Where the webhook listens on 127.0.0.1. */
  int webhookPort() {
    return webhookPort;
  }

  /** Ends the operator as a power failure would. */
  void killOperator() {
    ProcessHandle process = ProcessHandle.of(operator.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it again. */
  void restartOperator() throws Exception {
    operator = launch(new Replica(FIRST, webhookPort));
  }

  /** Its process, which leads unless a test has seen to it that another one does. */
  ChildProcess operator() {
    return operator;
  }

  /** Starts one more, which stands by; the API server calls the webhook of the first. */
  ChildProcess startStandby(String identity) throws Exception {
    return launch(new Replica(identity, freePort()));
  }

  /**
   * The shipped configuration names a Service, whose name the certificate bears. Here that Service
   * leads to the operator's process instead of to a pod's.
   */
  private void leadWebhookHere() throws IOException, InterruptedException {
    kubectl().require("delete", "service", "keygate-webhook", "--namespace=" + NAMESPACE);
    kubectl()
        .require(
            "create",
            "service",
            "externalname",
            "keygate-webhook",
            "--external-name=127.0.0.1",
            "--namespace=" + NAMESPACE);
    kubectl()
        .require(
            "patch",
            "mutatingwebhookconfiguration",
            "keygate-injection",
            "--type=json",
            "--patch=[{\"op\":\"replace\",\"path\":\"/webhooks/0/clientConfig/service/port\","
                + "\"value\":"
                + webhookPort
                + "}]");
  }

  private ChildProcess launch(Replica replica) throws Exception {
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx160m",
                "-Dkubeconfig=" + cluster.kubeconfigFor(NAMESPACE, ACCOUNT),
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + port,
                "-Dkeygate.resync-interval=3s",
                // The lab's vaults take as much as they get; looking at all keys every 3 s does
                // not.
                "-Dkeygate.vault.requests-per-ten-seconds=1000000",
                "-Dkeygate.vault.creates-per-ten-seconds=1000000",
                "-Dkeygate.leader.identity=" + replica.identity(),
                "-Dkeygate.webhook.port=" + replica.webhookPort(),
                "-Dkeygate.webhook.certificate-check-interval=1s",
                "-Dkeygate.injection.sidecar-image=keygate.dev/sidecar:0.1.0",
                "-Dkeygate.identity.tenant-id=" + identity.tenantId(),
                "-Dkeygate.identity.client-id=" + identity.clientId(),
                "-Dkeygate.identity.federated-token-file=" + identity.tokenFile(),
                "-Dkeygate.lab.trust-roots=" + lab.trustFolder(),
                "-Dkeygate.lab.proxy=127.0.0.1:" + lab.proxyAddress().getPort(),
                "-jar",
                JAR.toAbsolutePath().toString()));
    ChildProcess process =
        children.start(ChildCommand.of("operator", command, log(replica.identity())));
    try (HttpClient http = HttpClient.newBuilder().build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
      process.awaitReady(
          () -> http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200,
          READY_WITHIN);
    }
    return process;
  }

  private Path federatedToken() throws IOException, InterruptedException {
    return Files.writeString(
        FOLDER.resolve("federated-token"),
        cluster
            .requestToken(NAMESPACE, ACCOUNT, FederatedCredential.AUDIENCE, Duration.ofHours(1))
            .compact());
  }

  /** Until the JVM ends. Sockets have short paths, which a folder of the checkout may not have. */
  private static Path folderOfLab() throws IOException {
    Path folder = Files.createTempDirectory("keygate-lab-");
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the lab's folder cannot be deleted", e);
    }
  }

  private static Path log(String identity) {
    return FOLDER.resolve("operator-" + identity + ".log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
