package dev.keygate.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The ports of one control plane. */
record ControlPlanePorts(int etcd, int apiServer) {

  /** For a network that nobody else uses. */
  static ControlPlanePorts fixed() {
    return new ControlPlanePorts(12379, 16443);
  }

  /**
   * Ports of 127.0.0.1 that were free a moment ago. Another process may take one before it is used;
   * whoever starts a server with them tries again then.
   */
  static ControlPlanePorts pickOnLoopback() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new ControlPlanePorts(first.getLocalPort(), second.getLocalPort());
    }
  }
}
