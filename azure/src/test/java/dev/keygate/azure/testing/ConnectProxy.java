package dev.keygate.azure.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that leads every CONNECT to one server and remembers the names that were asked for. */
final class ConnectProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final List<String> tunnels = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  ConnectProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.startVirtualThread(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  List<String> tunnels() {
    return List.copyOf(tunnels);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Thread.startVirtualThread(() -> tunnel(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void tunnel(Socket client) {
    try (client;
        Socket server = new Socket(target.getAddress(), target.getPort())) {
      open.add(server);
      // One byte at a time, or the reader would swallow the start of the handshake; the client
      // waits for our answer, so nothing follows the blank line yet.
      BufferedReader head =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII), 1);
      String line = head.readLine();
      tunnels.add(line == null ? "" : line.replaceFirst("^CONNECT (\\S+) .*", "$1"));
      while (line != null && !line.isEmpty()) {
        line = head.readLine();
      }
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread back = Thread.startVirtualThread(() -> pump(server, client));
      pump(client, server);
      back.join();
    } catch (IOException | InterruptedException closed) {
      // The test is over, or the client has given up.
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException closed) {
      // Either side may end the tunnel.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException alreadyClosed) {
      // Nothing is left to close.
    }
  }
}
