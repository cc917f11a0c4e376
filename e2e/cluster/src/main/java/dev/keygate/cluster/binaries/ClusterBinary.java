package dev.keygate.cluster.binaries;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An executable that a cluster needs. */
public enum ClusterBinary {
  KUBE_APISERVER(BinarySet.CONTROL_PLANE, "kube-apiserver", "--version"),
  KUBE_CONTROLLER_MANAGER(BinarySet.CONTROL_PLANE, "kube-controller-manager", "--version"),
  KUBECTL(BinarySet.CONTROL_PLANE, "kubectl", "version --client"),
  ETCD(BinarySet.CONTROL_PLANE, "etcd", "--version"),

  KUBE_SCHEDULER(BinarySet.NODE, "kube-scheduler", "--version"),
  KUBELET(BinarySet.NODE, "kubelet", "--version"),
  KUBE_PROXY(BinarySet.NODE, "kube-proxy", "--version"),
  CONTAINERD(BinarySet.NODE, "containerd", "--version"),
  CONTAINERD_SHIM(BinarySet.NODE, "containerd-shim-runc-v2", "-v"),
  CTR(BinarySet.NODE, "ctr", "--version"),
  RUNC(BinarySet.NODE, "runc", "--version"),
  CNI_BRIDGE(BinarySet.NODE, "cni/bridge", ""),
  CNI_LOOPBACK(BinarySet.NODE, "cni/loopback", ""),
  CNI_HOST_LOCAL(BinarySet.NODE, "cni/host-local", ""),
  CNI_PORTMAP(BinarySet.NODE, "cni/portmap", ""),
  /** Holds a pod's namespaces open, and a cluster's. */
  PAUSE(BinarySet.NODE, "pause", "--version"),
  /** What test pods run: it looks at files, asks and serves HTTP. */
  PROBE(BinarySet.NODE, "probe", "--version"),
  /** Gives pods a stand-in device. */
  DEVICE_PLUGIN(BinarySet.NODE, "device-plugin", "--version");

  private final BinarySet set;
  private final String fileName;
  private final String versionArguments;

  ClusterBinary(BinarySet set, String fileName, String versionArguments) {
    this.set = set;
    this.fileName = fileName;
    this.versionArguments = versionArguments;
  }

  /** Those of one set. */
  static List<ClusterBinary> of(BinarySet set) {
    return Stream.of(values()).filter(binary -> binary.set == set).toList();
  }

  BinarySet set() {
    return set;
  }

  /** Its path in every release and folder. */
  public String fileName() {
    return fileName;
  }

  List<String> versionCommand(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(directory.resolve(fileName).toString());
    Arrays.stream(versionArguments.split(" ", -1))
        .filter(argument -> !argument.isEmpty())
        .forEach(command::add);
    return command;
  }
}
