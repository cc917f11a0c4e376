package dev.keygate.cluster.binaries;

/**
 * What is built for an executable.
 *
 * @param module its folder in the recipe; empty for the recipe's own folder
 * @param flags the prefix of its flags in {@code recipe.properties}
 * @param importPath of its main package
 */
record GoTarget(String module, String flags, String importPath) {

  private static final String CONTAINERD = "github.com/containerd/containerd/v2/cmd/";
  private static final String CNI = "github.com/containernetworking/plugins/plugins/";

  static GoTarget of(ClusterBinary binary) {
    return switch (binary) {
      case KUBE_APISERVER, KUBE_CONTROLLER_MANAGER, KUBECTL -> kubernetes("", binary);
      case ETCD -> new GoTarget("", "etcd", "go.etcd.io/etcd/server/v3");
      case KUBE_SCHEDULER, KUBELET, KUBE_PROXY -> kubernetes("kubernetes", binary);
      case CONTAINERD, CONTAINERD_SHIM, CTR ->
          new GoTarget("containerd", "containerd", CONTAINERD + binary.fileName());
      case RUNC -> new GoTarget("runc", "runc", "github.com/opencontainers/runc");
      case CNI_BRIDGE -> new GoTarget("cni", "cni", CNI + "main/bridge");
      case CNI_LOOPBACK -> new GoTarget("cni", "cni", CNI + "main/loopback");
      case CNI_HOST_LOCAL -> new GoTarget("cni", "cni", CNI + "ipam/host-local");
      case CNI_PORTMAP -> new GoTarget("cni", "cni", CNI + "meta/portmap");
      case PAUSE -> program("pause");
      case PROBE -> program("probe");
      case DEVICE_PLUGIN -> program("deviceplugin");
    };
  }

  private static GoTarget kubernetes(String module, ClusterBinary binary) {
    return new GoTarget(module, "kubernetes", "k8s.io/kubernetes/cmd/" + binary.fileName());
  }

  /** Of our own; they use Kubernetes' modules. */
  private static GoTarget program(String name) {
    return new GoTarget("kubernetes", "programs", "./programs/" + name);
  }
}
