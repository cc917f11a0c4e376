package dev.keygate.cluster.node;

import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.pki.NodePki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The configuration files of one node. */
final class NodeFiles {

  /** In the node's own {@code /run}: a socket's path must be short. */
  static final String RUNTIME_SOCKET = "/run/containerd/containerd.sock";

  /** Every pod's first container. */
  static final String PAUSE_IMAGE = "keygate.test/pause:1";

  private final NodeSpec spec;
  private final ClusterBinaries binaries;
  private final Path folder;

  NodeFiles(NodeSpec spec, ClusterBinaries binaries, Path folder) {
    this.spec = spec;
    this.binaries = binaries;
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** The container runtime's, with the network's beside it. */
  Path writeRuntime() throws IOException {
    ConfigFile.write(
        "network.conflist",
        folder.resolve("cni").resolve("10-keygate.conflist"),
        Map.of(
            "bridge",
            PodNetwork.BRIDGE,
            "subnet",
            PodNetwork.SUBNET,
            "gateway",
            PodNetwork.GATEWAY,
            "first",
            spec.podRange().first(),
            "last",
            spec.podRange().last()));
    return ConfigFile.write(
        "containerd.toml",
        folder.resolve("containerd.toml"),
        Map.of(
            "folder",
            folder,
            "socket",
            RUNTIME_SOCKET,
            "pause",
            PAUSE_IMAGE,
            "plugins",
            binaries.path(ClusterBinary.CNI_BRIDGE).getParent(),
            "runc",
            binaries.path(ClusterBinary.RUNC)));
  }

  /**
   * The kubelet's.
   *
   * @param cgroup below which it makes those of its pods
   */
  Path writeKubelet(NodePki pki, String cgroup) throws IOException {
    Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
    return ConfigFile.write(
        "kubelet.yaml",
        folder.resolve("kubelet.yaml"),
        Map.of(
            "address",
            spec.address(),
            "authority",
            pki.authority().certificate(),
            "certificate",
            pki.server().certificate(),
            "key",
            pki.server().key(),
            "socket",
            RUNTIME_SOCKET,
            "cgroup",
            cgroup,
            "folder",
            folder));
  }
}
