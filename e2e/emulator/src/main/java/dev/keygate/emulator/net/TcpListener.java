package dev.keygate.emulator.net;

import java.io.IOException;
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

/** A port of one address with a virtual thread for each connection. */
final class TcpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
  private static final int BACKLOG = 200;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What is done with a connection; it is closed afterwards. */
  interface Conversation {
    void hold(Socket socket) throws IOException;
  }

  private TcpListener(ServerSocket server) {
    this.server = server;
  }

  /**
   * @param address where; port 0 is any free one
   * @throws IOException if the port is taken or the address is none of this network namespace
   */
  static TcpListener bind(InetSocketAddress address) throws IOException {
    try {
      return new TcpListener(new ServerSocket(address.getPort(), BACKLOG, address.getAddress()));
    } catch (IOException e) {
      throw new IOException(
          "nothing can listen at " + Literal.of(address) + " (" + e.getMessage() + ")", e);
    }
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
