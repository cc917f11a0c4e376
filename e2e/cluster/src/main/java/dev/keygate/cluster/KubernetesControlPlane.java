package dev.keygate.cluster;

import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.pki.CertificateAuthority;
import dev.keygate.cluster.pki.ClusterPki;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.cluster.process.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * A running control plane: etcd, API server with RBAC, controller manager. Its ServiceAccount
 * issuer is the API server's own address, whose discovery documents anyone may read. One started
 * here is on 127.0.0.1 and has no nodes: pods stay pending. Safe for use by several threads.
 */
public final class KubernetesControlPlane implements AutoCloseable {

  private static final int ATTEMPTS = 3;

  private final ControlPlaneSite site;
  private final ComponentCommands commands;
  private final ControlPlaneProcesses processes;
  private final ChildProcesses children;

  private KubernetesControlPlane(
      ControlPlaneSite site,
      ComponentCommands commands,
      ControlPlaneProcesses processes,
      ChildProcesses children) {
    this.site = site;
    this.commands = commands;
    this.processes = processes;
    this.children = children;
  }

  /**
   * Starts one and waits until it is ready and the ServiceAccount {@code default/default} exists.
   * Every file it needs or leaves is in the directory, which the caller deletes.
   *
   * @param directory is made if absent; each start takes a new folder in it
   * @param children own the processes, so that they end with this one
   * @throws ChildProcessException if a part ends early or is not ready within a minute; quotes its
   *     log
   */
  public static KubernetesControlPlane start(
      ClusterBinaries binaries, Path directory, ChildProcesses children)
      throws IOException, InterruptedException {
    return start(binaries, directory, children, ControlPlanePorts::pickOnLoopback);
  }

  static KubernetesControlPlane start(
      ClusterBinaries binaries, Path directory, ChildProcesses children, PortSource ports)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path own = Files.createTempDirectory(directory.toAbsolutePath(), "control-plane-");
    CertificateAuthority authority =
        CertificateAuthority.create(own.resolve("pki"), children.time(), new SecureRandom());
    ClusterPki pki = ClusterPki.issue(authority, ControlPlaneSite.serverNames("127.0.0.1"));
    for (int attempt = 1; ; attempt++) {
      ControlPlaneSite site = ControlPlaneSite.loopback(ports.pick());
      KubernetesControlPlane cluster =
          at(site, new ComponentCommands(binaries, pki, own, site), children);
      try (ApiServerProbe probe =
          new ApiServerProbe(site.serverAddress(), pki.authority().certificate())) {
        cluster.startApiServer(probe::isReady);
        cluster.startControllers();
        return cluster;
      } catch (IOException | InterruptedException | RuntimeException e) {
        cluster.close();
        if (attempt == ATTEMPTS || !cluster.processes.portWasTaken()) {
          throw e;
        }
      }
    }
  }

  /** One of which nothing runs yet. */
  static KubernetesControlPlane at(
      ControlPlaneSite site, ComponentCommands commands, ChildProcesses children) {
    return new KubernetesControlPlane(
        site, commands, new ControlPlaneProcesses(commands, children), children);
  }

  /** Starts etcd and the API server, and lets everyone read its discovery documents. */
  void startApiServer(Readiness ready) throws IOException, InterruptedException {
    processes.startApiServer(ready);
    kubectl()
        .require(
            "create",
            "clusterrolebinding",
            "service-account-issuer-discovery-unauthenticated",
            "--clusterrole=system:service-account-issuer-discovery",
            "--group=system:unauthenticated");
  }

  /** Starts the controller manager and waits for its first work. */
  void startControllers() throws IOException, InterruptedException {
    processes.startControllers(this::hasDefaultServiceAccount);
  }

  ControlPlaneProcesses parts() {
    return processes;
  }

  /** The kubeconfig of a user in {@code system:masters}, with an RSA client key. */
  public Path adminKubeconfig() {
    return processes.adminKubeconfig();
  }

  /** PEM of the authority that signed the API server's certificate. */
  public Path caCertificate() {
    return commands.pki().authority().certificate();
  }

  /**
   * The {@code iss} of ServiceAccount tokens, which is also the API server's address: such as
   * {@code https://127.0.0.1:} and a port, without a slash at its end.
   */
  public String issuer() {
    return site.serverAddress();
  }

  /** kubectl as the administrator. */
  public Kubectl kubectl() {
    return new Kubectl(
        new CommandPrefix(site.clients().before(List.of(commands.kubectl().toString()))),
        adminKubeconfig(),
        commands.directory().resolve("kubectl-cache"),
        children);
  }

  /** Runs kubectl as the administrator; an exit code other than 0 is an answer, not a failure. */
  public CommandResult kubectl(String... arguments)
      throws ChildProcessException, InterruptedException {
    return kubectl().run(arguments);
  }

  /**
   * Asks the API server for a token of an existing ServiceAccount.
   *
   * @param audience its only {@code aud}
   * @param validity at least ten minutes
   * @throws IOException if the API server refuses
   */
  public ServiceAccountToken requestToken(
      String namespace, String serviceAccount, String audience, Duration validity)
      throws IOException, InterruptedException {
    return new ServiceAccountToken(
        kubectl()
            .require(
                "create",
                "token",
                serviceAccount,
                "--namespace=" + namespace,
                "--audience=" + audience,
                "--duration=" + validity.toSeconds() + "s")
            .strip());
  }

  /**
   * A kubeconfig that speaks as an existing ServiceAccount for an hour; calling again renews it in
   * the same file.
   *
   * @throws IOException if the API server refuses
   */
  public Path kubeconfigFor(String namespace, String serviceAccount)
      throws IOException, InterruptedException {
    ServiceAccountToken token =
        requestToken(namespace, serviceAccount, issuer(), Duration.ofHours(1));
    return processes
        .kubeconfig()
        .withToken(
            commands.directory().resolve(namespace + "-" + serviceAccount + ".kubeconfig"), token);
  }

  /** Its running processes, in the order of their start, for figures about them. */
  public List<ChildProcess> processes() {
    return processes.running();
  }

  /** Ends its processes; the files stay until the caller deletes the directory. */
  @Override
  public void close() {
    processes.close();
  }

  private boolean hasDefaultServiceAccount() throws IOException, InterruptedException {
    return kubectl("wait", "--for=create", "serviceaccount/default", "--timeout=2s").isSuccess();
  }
}
