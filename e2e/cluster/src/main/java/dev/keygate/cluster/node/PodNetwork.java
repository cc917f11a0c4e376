package dev.keygate.cluster.node;

import dev.keygate.cluster.enclosure.Enclosure;
import dev.keygate.cluster.enclosure.KernelSettings;
import java.io.IOException;
import java.util.List;

/**
 * One bridge on which all nodes and all pods are. The first address is the control plane's; nothing
 * outside can be reached, and trying fails at once.
 */
public final class PodNetwork {

  /** The name of the bridge. */
  public static final String BRIDGE = "keygate0";

  /** Every node's and pod's address is in it. */
  public static final String SUBNET = "10.244.0.0/24";

  /** The pods' gateway, the API server's address, and the first node's. */
  public static final String GATEWAY = "10.244.0.1";

  /** Services' addresses; kube-proxy leads from them to pods. */
  public static final String SERVICES = "10.96.0.0/16";

  private PodNetwork() {}

  /**
   * Makes the bridge.
   *
   * @param addresses of the bridge beside the gateway's, each with its prefix length
   */
  public static void create(Enclosure enclosure, List<String> addresses)
      throws IOException, InterruptedException {
    StringBuilder batch = new StringBuilder("link add " + BRIDGE + " type bridge\n");
    batch.append("addr add ").append(GATEWAY).append("/24 dev ").append(BRIDGE).append('\n');
    for (String address : addresses) {
      batch.append("addr add ").append(address).append(" dev ").append(BRIDGE).append('\n');
    }
    batch.append("link set ").append(BRIDGE).append(" up\n");
    // A connection is routed before kube-proxy's rules give it another destination.
    batch.append("route add ").append(SERVICES).append(" dev ").append(BRIDGE).append('\n');
    batch.append("route add unreachable default\n");
    enclosure.require(enclosure.inside(), batch.toString(), List.of("ip", "-batch", "-"));
    KernelSettings.forwardPackets(enclosure);
  }
}
