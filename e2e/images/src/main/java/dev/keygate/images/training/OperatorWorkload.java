package dev.keygate.images.training;

import dev.keygate.cluster.KubernetesControlPlane;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.emulator.Lab;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.images.recipe.Product;
import dev.keygate.images.rootfs.Confined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An operator on a control plane without nodes, with a lab for Azure: starts under its shipped
 * permissions, makes the key of the examples, follows a change of its policy.
 */
public final class OperatorWorkload implements Workload {

  private static final String NAMESPACE = "keygate-system";
  private static final String ACCOUNT = "keygate-operator";
  private static final String EXAMPLES = "--namespace=shop";
  private static final int QUESTIONS = 10;
  private static final int OK = 200;

  private final KubernetesControlPlane cluster;
  private final Lab lab;
  private final Path deploy;
  private final Path folder;
  private final Loopback management;
  private final Loopback webhook;

  private OperatorWorkload(KubernetesControlPlane cluster, Lab lab, Path deploy, Path folder)
      throws IOException {
    this.cluster = cluster;
    this.lab = lab;
    this.deploy = deploy;
    this.folder = folder;
    this.management = Loopback.pick();
    this.webhook = Loopback.pick();
  }

  /**
   * Installs the product's kinds and permissions and makes the operator an identity of the lab.
   *
   * @param deploy the folder of manifests that users apply
   * @param folder receives tokens; shared with the process
   */
  public static OperatorWorkload prepare(
      KubernetesControlPlane cluster, Lab lab, Path deploy, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    cluster.kubectl().require("apply", "-f", deploy.resolve("crds").toString());
    cluster.kubectl().require("apply", "-f", deploy.resolve("install").toString());
    lab.register(
        new FederatedCredential(
            lab.principal("operator").clientId(),
            cluster.issuer(),
            "system:serviceaccount:" + NAMESPACE + ":" + ACCOUNT,
            Files.readString(cluster.caCertificate())));
    Files.writeString(
        folder.resolve("token"),
        cluster
            .requestToken(NAMESPACE, ACCOUNT, FederatedCredential.AUDIENCE, Duration.ofHours(1))
            .compact());
    Path kubeconfig = folder.resolve("kubeconfig");
    Files.copy(cluster.kubeconfigFor(NAMESPACE, ACCOUNT), kubeconfig);
    // For whichever user the process has; the folder above is for this process's user alone.
    Files.setPosixFilePermissions(kubeconfig, PosixFilePermissions.fromString("rw-r--r--"));
    return new OperatorWorkload(cluster, lab, deploy, folder);
  }

  @Override
  public Confined process(List<String> command) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    settings.put("quarkus.management.host", "127.0.0.1");
    settings.put("quarkus.management.port", Integer.toString(management.port()));
    settings.put("keygate.resync-interval", "2s");
    settings.put("keygate.webhook.port", Integer.toString(webhook.port()));
    settings.put(
        "keygate.injection.sidecar-image",
        Product.SIDECAR.name().toLowerCase(Locale.ROOT) + ":training");
    settings.put("keygate.identity.tenant-id", lab.description().tenant().toString());
    settings.put("keygate.identity.client-id", lab.principal("operator").clientId().toString());
    settings.put("keygate.identity.federated-token-file", folder.resolve("token").toString());
    settings.put("keygate.lab.trust-roots", lab.trustFolder().toString());
    settings.put("keygate.lab.proxy", "127.0.0.1:" + lab.proxyAddress().getPort());
    return Confined.of(command).with(settings).sharing(folder, lab.trustFolder());
  }

  @Override
  public void awaitReady(ChildProcess process) throws IOException, InterruptedException {
    management.await(process, "/health/ready", READY_WITHIN);
  }

  /** Also the place for what else the operator answers: each kind of request a few times. */
  @Override
  public void drive(ChildProcess process) throws IOException, InterruptedException {
    reconcile();
    for (int i = 0; i < QUESTIONS; i++) {
      for (String page : List.of("/health/live", "/health/ready", "/health/started", "/metrics")) {
        if (management.get(page) != OK) {
          throw new IOException("expected " + page + " to answer 200");
        }
      }
    }
    process.requireAlive();
  }

  private void reconcile() throws IOException, InterruptedException {
    kubectl("apply", "-f", deploy.resolve("examples").resolve("orders").toString());
    await("expkey/orders", "condition=Ready");
    kubectl(
        "apply", "-f", deploy.resolve("demo").resolve("another-machines-policy.yaml").toString());
    String generation = policy("{.metadata.generation}");
    await("relpol/cvm-production", "jsonpath={.status.observedGeneration}=" + generation);
    String digest = policy("{.status.digest}");
    await("expkey/orders", "jsonpath={.status.policyDigest}=" + digest);
  }

  private String policy(String path) throws IOException, InterruptedException {
    return kubectl("get", "relpol", "cvm-production", EXAMPLES, "-o=jsonpath=" + path);
  }

  private void await(String object, String condition) throws IOException, InterruptedException {
    kubectl("wait", object, "--for=" + condition, "--timeout=60s", EXAMPLES);
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    return cluster.kubectl().require(arguments).strip();
  }
}
