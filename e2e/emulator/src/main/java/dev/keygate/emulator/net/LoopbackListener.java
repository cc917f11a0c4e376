package dev.keygate.emulator.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port on 127.0.0.1 with a virtual thread for each connection. */
final class LoopbackListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoopbackListener.class);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What is done with a connection; it is closed afterwards. */
  interface Conversation {
    void hold(Socket socket) throws IOException;
  }

  private LoopbackListener(ServerSocket server) {
    this.server = server;
  }

  /**
   * @param port 0 for any free one
   * @throws IOException if the port is taken
   */
  static LoopbackListener bind(int port) throws IOException {
    return new LoopbackListener(
        new ServerSocket(port, 200, InetAddress.getByAddress("127.0.0.1", LOOPBACK)));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  void serve(Conversation conversation) {
    threads.execute(
        () -> {
          while (!server.isClosed()) {
            accept(conversation);
          }
        });
  }

  private void accept(Conversation conversation) {
    try {
      Socket socket = server.accept();
      open.add(socket);
      threads.execute(() -> converse(socket, conversation));
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("no connection accepted");
    }
  }

  private void converse(Socket socket, Conversation conversation) {
    try (socket) {
      socket.setSoTimeout((int) IDLE.toMillis());
      socket.setTcpNoDelay(true);
      conversation.hold(socket);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("a connection ended early");
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("a connection did not close");
    }
    threads.shutdownNow();
  }
}
