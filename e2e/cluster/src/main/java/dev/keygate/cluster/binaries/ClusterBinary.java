package dev.keygate.cluster.binaries;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An executable that the control plane needs. */
public enum ClusterBinary {
  KUBE_APISERVER("kube-apiserver", "--version"),
  KUBE_CONTROLLER_MANAGER("kube-controller-manager", "--version"),
  KUBECTL("kubectl", "version --client"),
  ETCD("etcd", "--version");

  private final String fileName;
  private final String versionArguments;

  ClusterBinary(String fileName, String versionArguments) {
    this.fileName = fileName;
    this.versionArguments = versionArguments;
  }

  /** Its file name in every release and folder. */
  public String fileName() {
    return fileName;
  }

  List<String> versionCommand(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(directory.resolve(fileName).toString());
    command.addAll(Arrays.asList(versionArguments.split(" ", -1)));
    return command;
  }
}
