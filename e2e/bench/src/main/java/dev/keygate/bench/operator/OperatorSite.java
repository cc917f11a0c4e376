package dev.keygate.bench.operator;

import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.RetryLimits;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.FederatedIdentity;
import dev.keygate.azure.identity.TokenCache;
import dev.keygate.azure.identity.WorkloadIdentity;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyVaultHttpClient;
import dev.keygate.cluster.KubernetesControlPlane;
import dev.keygate.cluster.binaries.BinariesUnavailableException;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.failure.RefusedException;
import dev.keygate.scenarios.lab.LabPlace;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.story.Surprise;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** A lab and an API server with what installs the operator; no operator yet. */
final class OperatorSite implements AutoCloseable {

  static final String SYSTEM = "keygate-system";

  private static final String ACCOUNT = "keygate-operator";
  private static final String EXCHANGE = "api://AzureADTokenExchange";

  private final SitePlan plan;
  private final LabProcess lab;
  private final int clockRate;
  private final KubernetesControlPlane cluster;
  private final KubernetesClient admin;

  private OperatorSite(SitePlan plan, LabProcess lab, int clockRate, KubernetesControlPlane cluster)
      throws IOException {
    this.plan = plan;
    this.lab = lab;
    this.clockRate = clockRate;
    this.cluster = cluster;
    this.admin =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(cluster.adminKubeconfig())))
            .build();
  }

  /** Starts all of it. */
  static OperatorSite start(SitePlan plan, BenchVaults.Throttling throttling)
      throws Surprise, IOException, InterruptedException {
    Files.createDirectories(plan.folder());
    Path description = BenchVaults.describe(plan.folder().resolve("lab.yaml"), throttling);
    String rate = Integer.toString(throttling.clockRate());
    LabPlace place =
        new LabPlace(
            CommandPrefix.none(),
            List.of("--description", description.toString(), "--clock-rate", rate));
    LabProcess lab =
        LabProcess.start(
            plan.artefacts().lab(), plan.folder().resolve("logs"), place, plan.children());
    KubernetesControlPlane cluster = controlPlane(plan);
    lab.awaitReady();
    OperatorSite site = new OperatorSite(plan, lab, throttling.clockRate(), cluster);
    site.install();
    return site;
  }

  private static KubernetesControlPlane controlPlane(SitePlan plan)
      throws Surprise, IOException, InterruptedException {
    try {
      return KubernetesControlPlane.start(
          ClusterBinaries.obtain(BinaryOptions.from(System.getenv()), plan.children(), line -> {}),
          plan.folder().resolve("kubernetes"),
          plan.children());
    } catch (BinariesUnavailableException e) {
      throw new Surprise(e);
    }
  }

  private void install() throws Surprise, IOException, InterruptedException {
    cluster
        .kubectl()
        .require("apply", "-f", plan.artefacts().customResourceDefinitions().toString());
    cluster.kubectl().require("apply", "-f", plan.artefacts().installation().toString());
    lab.federate(
        "operator",
        cluster.issuer(),
        "system:serviceaccount:" + SYSTEM + ":" + ACCOUNT,
        Files.readString(cluster.caCertificate()));
    Files.writeString(
        tokenFile(),
        cluster.requestToken(SYSTEM, ACCOUNT, EXCHANGE, Duration.ofHours(6)).compact());
  }

  SitePlan plan() {
    return plan;
  }

  LabProcess lab() {
    return lab;
  }

  int clockRate() {
    return clockRate;
  }

  /** For whoever applies objects. */
  KubernetesClient admin() {
    return admin;
  }

  Path tokenFile() {
    return plan.folder().resolve("token");
  }

  Path operatorKubeconfig() throws IOException, InterruptedException {
    return cluster.kubeconfigFor(SYSTEM, ACCOUNT);
  }

  /** The same client as the operator's, without turns. */
  KeyManagementClient vaults() throws RefusedException {
    AzureNetwork network =
        AzureNetwork.lab(
            lab.trustRoots().resolve("tls-root.pem"),
            lab.proxyAddress(),
            URI.create("http://127.0.0.1"));
    JavaHttpExchange exchange = JavaHttpExchange.overTls(network, Timeouts.REMOTE);
    FederatedIdentity identity =
        FederatedIdentity.of(
            "https://login.microsoftonline.com/",
            lab.tenant(),
            lab.clientId("operator"),
            tokenFile());
    TokenCache tokens =
        new TokenCache(
            new WorkloadIdentity(identity, exchange, plan.children().time()),
            new RetryPolicy(RetryLimits.ONCE, plan.children().time(), new SecureRandom()),
            plan.children().time());
    return new KeyVaultHttpClient(exchange, tokens, plan.children().time());
  }

  @Override
  public void close() {
    admin.close();
    cluster.close();
    lab.process().stop();
  }
}
