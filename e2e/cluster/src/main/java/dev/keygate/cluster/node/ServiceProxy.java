package dev.keygate.cluster.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What kube-proxy is told; one serves all nodes, as they share a network. */
public final class ServiceProxy {

  private ServiceProxy() {}

  /**
   * Writes its configuration.
   *
   * @param node of which it says that it is
   */
  public static Path write(Path file, Path kubeconfig, NodeSpec node) throws IOException {
    return ConfigFile.write(
        "kube-proxy.yaml",
        file,
        Map.of("kubeconfig", kubeconfig, "address", node.address(), "node", node.name()));
  }
}
