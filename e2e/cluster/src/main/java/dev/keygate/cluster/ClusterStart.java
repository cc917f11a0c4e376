package dev.keygate.cluster;

import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.enclosure.Cgroups;
import dev.keygate.cluster.enclosure.Enclosure;
import dev.keygate.cluster.enclosure.KernelSettings;
import dev.keygate.cluster.node.Node;
import dev.keygate.cluster.node.NodeSpec;
import dev.keygate.cluster.node.PodNetwork;
import dev.keygate.cluster.node.ServiceProxy;
import dev.keygate.cluster.pki.CertificateAuthority;
import dev.keygate.cluster.pki.ClusterPki;
import dev.keygate.cluster.pki.NodePki;
import dev.keygate.cluster.pki.NodePlanePki;
import dev.keygate.cluster.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the parts of one cluster with nodes, in an enclosure that nothing else is in. */
final class ClusterStart {

  private static final Duration READY_WITHIN = Duration.ofMinutes(1);

  private static final List<NodeSpec> NODES =
      List.of(
          new NodeSpec(
              KubernetesCluster.CONFIDENTIAL_NODE,
              PodNetwork.GATEWAY,
              new NodeSpec.AddressRange("10.244.0.16", "10.244.0.127"),
              Map.of("kubernetes.azure.com/security-type", "ConfidentialVM")),
          new NodeSpec(
              KubernetesCluster.ORDINARY_NODE,
              "10.244.0.2",
              new NodeSpec.AddressRange("10.244.0.128", "10.244.0.254"),
              Map.of()));

  private final ClusterBinaries binaries;
  private final Path folder;
  private final Enclosure enclosure;
  private final CertificateAuthority authority;
  private final ClusterPki pki;
  private final NodePlanePki plane;

  ClusterStart(ClusterBinaries binaries, Path folder, Enclosure enclosure) throws IOException {
    this.binaries = binaries;
    this.folder = folder;
    this.enclosure = enclosure;
    this.authority =
        CertificateAuthority.create(
            folder.resolve("pki"), enclosure.children().time(), new SecureRandom());
    this.pki = ClusterPki.issue(authority, ControlPlaneSite.serverNames(PodNetwork.GATEWAY));
    this.plane = NodePlanePki.issue(authority);
  }

  /** Returns when both nodes are ready. */
  KubernetesCluster run(ClusterOptions options) throws IOException, InterruptedException {
    String name = "keygate-" + folder.getFileName();
    Cgroups cgroups = Cgroups.create(name, enclosure.firstProcess(), enclosure.children());
    KernelSettings.shield(enclosure, folder.resolve("kernel"));
    List<String> addresses = new ArrayList<>(options.addresses());
    addresses.add(NODES.getLast().address() + "/24");
    PodNetwork.create(enclosure, addresses);
    List<Node> nodes = startRuntimes(options.images());
    ControlPlaneSite site = site();
    KubernetesControlPlane controlPlane =
        KubernetesControlPlane.at(
            site, new ComponentCommands(binaries, pki, folder, site), enclosure.children());
    controlPlane.startApiServer(() -> controlPlane.kubectl("get", "--raw=/readyz").isSuccess());
    startKubelets(nodes, controlPlane.parts().kubeconfig(), cgroups);
    startNodePlane(controlPlane.parts());
    controlPlane.startControllers();
    for (Node node : nodes) {
      awaitReady(node, controlPlane);
    }
    return new KubernetesCluster(controlPlane, enclosure, cgroups, nodes);
  }

  private List<Node> startRuntimes(List<Path> images) throws IOException, InterruptedException {
    List<Node> nodes = new ArrayList<>();
    for (NodeSpec spec : NODES) {
      Node node = Node.prepare(spec, binaries, folder.resolve("node-" + spec.name()), enclosure);
      node.startRuntime();
      node.importImages(images);
      nodes.add(node);
    }
    return nodes;
  }

  private void startKubelets(List<Node> nodes, Kubeconfig kubeconfig, Cgroups cgroups)
      throws IOException {
    for (Node node : nodes) {
      NodeSpec spec = node.spec();
      NodePki own = NodePki.issue(authority, pki.authority(), spec.name(), spec.address());
      Path user = folder.resolve("node-" + spec.name()).resolve("kubelet.kubeconfig");
      node.startKubelet(
          kubeconfig.withCertificate(user, own.client()), own, cgroups.child(spec.name()));
    }
  }

  private void startNodePlane(ControlPlaneProcesses parts) throws IOException {
    parts.startScheduler(plane.scheduler());
    Path user =
        parts.kubeconfig().withCertificate(folder.resolve("proxy.kubeconfig"), plane.proxy());
    parts.startProxy(ServiceProxy.write(folder.resolve("kube-proxy.yaml"), user, NODES.getFirst()));
  }

  private static void awaitReady(Node node, KubernetesControlPlane controlPlane)
      throws IOException, InterruptedException {
    ChildProcess kubelet = node.processes().getLast();
    kubelet.awaitReady(
        () ->
            controlPlane
                .kubectl(
                    "wait", "--for=condition=Ready", "node/" + node.spec().name(), "--timeout=2s")
                .isSuccess(),
        READY_WITHIN);
  }

  private ControlPlaneSite site() {
    return new ControlPlaneSite(
        PodNetwork.GATEWAY,
        ControlPlanePorts.fixed(),
        enclosure.inside(),
        enclosure.network(),
        List.of(
            "--advertise-address=" + PodNetwork.GATEWAY,
            "--allow-privileged=true",
            "--kubelet-certificate-authority=" + pki.authority().certificate(),
            "--kubelet-client-certificate=" + plane.kubeletClient().certificate(),
            "--kubelet-client-key=" + plane.kubeletClient().key(),
            "--kubelet-preferred-address-types=InternalIP"));
  }
}
