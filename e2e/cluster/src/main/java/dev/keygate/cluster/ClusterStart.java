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
import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts one cluster's parts, those that need not wait for one another side by side. */
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
  private final ChildProcesses children;
  private final Enclosure enclosure;

  ClusterStart(
      ClusterBinaries binaries, Path folder, ChildProcesses children, Enclosure enclosure) {
    this.binaries = binaries;
    this.folder = folder;
    this.children = children;
    this.enclosure = enclosure;
  }

  KubernetesCluster run(ClusterOptions options) throws IOException, InterruptedException {
    Cgroups cgroups =
        Cgroups.create("keygate-" + folder.getFileName(), enclosure.firstProcess(), children);
    KernelSettings.shield(enclosure, folder.resolve("kernel"));
    List<String> addresses = new ArrayList<>(options.addresses());
    addresses.add(NODES.getLast().address() + "/24");
    PodNetwork.create(enclosure, addresses);
    CertificateAuthority authority =
        CertificateAuthority.create(folder.resolve("pki"), children.time(), new SecureRandom());
    ClusterPki pki = ClusterPki.issue(authority, ControlPlaneSite.serverNames(PodNetwork.GATEWAY));
    NodePlanePki plane = NodePlanePki.issue(authority);
    ControlPlaneSite site = site(pki, plane);
    KubernetesControlPlane controlPlane =
        KubernetesControlPlane.at(
            site, new ComponentCommands(binaries, pki, folder, site), children);
    List<Node> nodes = new ArrayList<>();
    for (NodeSpec spec : NODES) {
      Node node = Node.prepare(spec, binaries, folder.resolve("node-" + spec.name()), enclosure);
      node.startRuntime(children);
      nodes.add(node);
    }
    controlPlane.startApiServer(() -> controlPlane.kubectl("get", "--raw=/readyz").isSuccess());
    Kubeconfig kubeconfig = controlPlane.parts().kubeconfig();
    List<ChildProcess> kubelets = new ArrayList<>();
    for (Node node : nodes) {
      NodePki own =
          NodePki.issue(authority, pki.authority(), node.spec().name(), node.spec().address());
      Path config =
          kubeconfig.withCertificate(
              folder.resolve("node-" + node.spec().name()).resolve("kubeconfig"), own.client());
      kubelets.add(node.startKubelet(config, own, cgroups.child(node.spec().name()), children));
    }
    controlPlane.parts().startScheduler(plane.scheduler());
    Path proxyConfig =
        ServiceProxy.write(
            folder.resolve("kube-proxy.yaml"),
            kubeconfig.withCertificate(folder.resolve("kube-proxy.kubeconfig"), plane.proxy()),
            NODES.getFirst());
    controlPlane.parts().startProxy(proxyConfig);
    for (Node node : nodes) {
      node.importImages(options.images());
    }
    controlPlane.startControllers();
    for (int i = 0; i < nodes.size(); i++) {
      String name = "node/" + nodes.get(i).spec().name();
      kubelets
          .get(i)
          .awaitReady(
              () ->
                  controlPlane
                      .kubectl("wait", "--for=condition=Ready", name, "--timeout=2s")
                      .isSuccess(),
              READY_WITHIN);
    }
    return new KubernetesCluster(controlPlane, enclosure, cgroups, nodes, children);
  }

  private ControlPlaneSite site(ClusterPki pki, NodePlanePki plane) {
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
