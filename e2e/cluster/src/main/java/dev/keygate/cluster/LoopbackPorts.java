package dev.keygate.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports of 127.0.0.1 that were free a moment ago. Another process may take one before it is used;
 * whoever starts a server with them tries again then.
 */
record LoopbackPorts(int etcd, int apiServer) {

  static LoopbackPorts pick() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new LoopbackPorts(first.getLocalPort(), second.getLocalPort());
    }
  }
}
