package dev.keygate.cluster;

import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.pki.ClusterPki;
import dev.keygate.cluster.process.ChildCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the control plane's parts. */
final class ComponentCommands {

  private final ClusterBinaries binaries;
  private final ClusterPki pki;
  private final Path directory;
  private final ControlPlaneSite site;

  ComponentCommands(
      ClusterBinaries binaries, ClusterPki pki, Path directory, ControlPlaneSite site) {
    this.binaries = binaries;
    this.pki = pki;
    this.directory = directory;
    this.site = site;
  }

  /** For files of the control plane. */
  Path directory() {
    return directory;
  }

  ClusterPki pki() {
    return pki;
  }

  Path kubectl() {
    return binaries.path(ClusterBinary.KUBECTL);
  }

  String serverAddress() {
    return site.serverAddress();
  }

  ChildCommand etcd() {
    String address = "https://127.0.0.1:" + site.ports().etcd();
    return command(
        ClusterBinary.ETCD,
        List.of(
            "--name=keygate",
            "--data-dir=" + directory.resolve("etcd"),
            // The data need not survive a power failure.
            "--unsafe-no-fsync",
            "--listen-client-urls=" + address,
            "--advertise-client-urls=" + address,
            "--listen-peer-urls=http://127.0.0.1:0",
            "--client-cert-auth",
            "--trusted-ca-file=" + pki.authority().certificate(),
            "--cert-file=" + pki.server().certificate(),
            "--key-file=" + pki.server().key(),
            "--log-level=warn"));
  }

  /**
   * @param authentication the file that says who is let in without a credential
   */
  ChildCommand apiServer(Path authentication) {
    List<String> arguments = new ArrayList<>(site.apiServerArguments());
    arguments.addAll(
        List.of(
            "--etcd-servers=https://127.0.0.1:" + site.ports().etcd(),
            "--etcd-cafile=" + pki.authority().certificate(),
            "--etcd-certfile=" + pki.etcdClient().certificate(),
            "--etcd-keyfile=" + pki.etcdClient().key(),
            "--bind-address=" + site.address(),
            "--secure-port=" + site.ports().apiServer(),
            "--tls-cert-file=" + pki.server().certificate(),
            "--tls-private-key-file=" + pki.server().key(),
            "--client-ca-file=" + pki.authority().certificate(),
            "--authentication-config=" + authentication,
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            "--service-account-issuer=" + serverAddress(),
            "--service-account-jwks-uri=" + serverAddress() + "/openid/v1/jwks",
            "--service-account-key-file=" + pki.tokenSigner().certificate(),
            "--service-account-signing-key-file=" + pki.tokenSigner().key(),
            "--service-cluster-ip-range=10.96.0.0/16",
            "--profiling=false"));
    return command(ClusterBinary.KUBE_APISERVER, arguments);
  }

  /**
   * @param kubeconfig of a user who may do everything: with an account per controller, each would
   *     first have to be made and given a token, which takes seconds
   */
  ChildCommand controllerManager(Path kubeconfig) {
    return command(
        ClusterBinary.KUBE_CONTROLLER_MANAGER,
        List.of(
            "--kubeconfig=" + kubeconfig,
            "--secure-port=0",
            "--leader-elect=false",
            "--use-service-account-credentials=false",
            "--kube-api-qps=500",
            "--kube-api-burst=1000",
            "--service-account-private-key-file=" + pki.tokenSigner().key(),
            "--root-ca-file=" + pki.authority().certificate(),
            "--profiling=false"));
  }

  /**
   * @param kubeconfig of the scheduler's user
   */
  ChildCommand scheduler(Path kubeconfig) {
    return command(
        ClusterBinary.KUBE_SCHEDULER,
        List.of("--kubeconfig=" + kubeconfig, "--secure-port=0", "--leader-elect=false"));
  }

  /**
   * @param config holds everything it is told
   */
  ChildCommand proxy(Path config) {
    return command(ClusterBinary.KUBE_PROXY, List.of("--config=" + config));
  }

  private ChildCommand command(ClusterBinary binary, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(binaries.path(binary).toString());
    line.addAll(arguments);
    Path log = directory.resolve("logs").resolve(binary.fileName() + ".log");
    return site.processes().before(ChildCommand.of(binary.fileName(), line, log));
  }
}
