package dev.keygate.sidecar.wire;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, and serves every connection on a virtual thread of its own. Each listener has its own
 * number of connections, so that nobody who can reach one of them alone keeps the others busy.
 */
public final class LocalServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);
  private static final String LITERAL_LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 128;
  private static final int LONGEST_SOCKET_PATH_BYTES = 107;

  private final Serving serving;
  private final List<ServerSocketChannel> open = new ArrayList<>();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Thread watch;
  private volatile boolean isClosed;

  /**
   * How connections are served.
   *
   * @param handler answers calls
   */
  public record Serving(LocalHandler handler, WireLimits limits, TimeSource time) {}

  private LocalServer(Serving serving) {
    this.serving = serving;
    this.watch = Thread.ofVirtual().name("local-api-watch").unstarted(this::watch);
  }

  /**
   * Starts listening.
   *
   * @param sockets who beside this process may connect to the Unix sockets among the listeners
   * @throws RefusedException {@code SettingsInvalid} if it cannot listen at one of them; then it
   *     listens at none
   */
  public static LocalServer start(Serving serving, List<Listener> listeners, Readers sockets)
      throws RefusedException {
    LocalServer server = new LocalServer(serving);
    try {
      for (Listener listener : listeners) {
        server.listen(listener, sockets);
      }
    } catch (RefusedException unable) {
      server.close();
      throw unable;
    }
    server.watch.start();
    return server;
  }

  private void listen(Listener listener, Readers sockets) throws RefusedException {
    if (listener instanceof Listener.ContainerSocket(_, Path path) && isTooLong(path)) {
      LOG.atWarn()
          .addKeyValue(LogKeys.PATH, path)
          .log("No Unix socket is made: its path has more than 107 bytes");
      return;
    }
    try {
      ServerSocketChannel channel =
          switch (listener) {
            case Listener.Loopback(int port) -> bind(port);
            case Listener.ContainerSocket(_, Path path) -> bind(path, sockets);
          };
      open.add(channel);
      Thread.ofVirtual().name("local-api").start(() -> accept(channel, listener));
    } catch (IOException unable) {
      throw new RefusedException(Reason.SettingsInvalid, sentence(listener, unable), unable);
    }
  }

  /** What fits into sockaddr_un, see unix(7), without the zero at its end. */
  private static boolean isTooLong(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH_BYTES;
  }

  private static ServerSocketChannel bind(int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return channel.bind(
          new InetSocketAddress(InetAddress.ofLiteral(LITERAL_LOOPBACK), port), BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Takes the place of a socket that a process before this one left. */
  private static ServerSocketChannel bind(Path path, Readers sockets) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      Files.setPosixFilePermissions(path, connecting(sockets));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Whoever may read beside us may connect, which takes the permission to write. */
  private static Set<PosixFilePermission> connecting(Readers sockets) {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(sockets.filePermissions());
    permissions.add(PosixFilePermission.OWNER_WRITE);
    if (permissions.contains(PosixFilePermission.GROUP_READ)) {
      permissions.add(PosixFilePermission.GROUP_WRITE);
    }
    if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
      permissions.add(PosixFilePermission.OTHERS_WRITE);
    }
    return permissions;
  }

  private void accept(ServerSocketChannel channel, Listener listener) {
    AtomicInteger count = new AtomicInteger();
    try {
      while (channel.isOpen()) {
        acceptOne(channel, listener, count);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptOne(ServerSocketChannel channel, Listener listener, AtomicInteger count)
      throws InterruptedException {
    try {
      SocketChannel accepted = channel.accept();
      if (listener instanceof Listener.Loopback) {
        // What is ready is sent at once, or a second write would wait for the first one's receipt.
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      if (count.incrementAndGet() > serving.limits().connections()) {
        count.decrementAndGet();
        accepted.close();
      } else {
        Thread.ofVirtual().name("local-api-call").start(() -> serve(accepted, listener, count));
      }
    } catch (ClosedChannelException ended) {
      LOG.atDebug().log("The local API stopped listening");
    } catch (IOException passing) {
      // Such as too many open files: connections that end make room.
      LOG.atWarn().setCause(passing).log("The local API could not accept a connection");
      serving.time().sleep(serving.limits().eventPause());
    }
  }

  private void serve(SocketChannel accepted, Listener listener, AtomicInteger count) {
    Connection connection = new Connection(accepted, listener, serving);
    connections.add(connection);
    try {
      if (!isClosed) {
        connection.serve();
      }
      connection.close();
    } finally {
      connections.remove(connection);
      count.decrementAndGet();
    }
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        serving.time().sleep(serving.limits().eventPause());
        connections.forEach(Connection::closeIfOverdue);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String sentence(Listener listener, IOException found) {
    return switch (listener) {
      case Listener.Loopback(int port) ->
          "The setting keygate.local-api.port is a port that nobody in this pod listens at; at "
              + port
              + ": "
              + found.getMessage()
              + ".";
      case Listener.ContainerSocket(_, Path path) ->
          "The setting keygate.callers-directory is a folder in which this process may make a Unix"
              + " socket; at "
              + path
              + " it may not: "
              + found.getMessage()
              + ".";
    };
  }

  /** Ends every connection. */
  @Override
  public void close() {
    isClosed = true;
    watch.interrupt();
    for (ServerSocketChannel channel : open) {
      try {
        channel.close();
      } catch (IOException ignored) {
        LOG.atDebug().log("A listener of the local API did not close in order");
      }
    }
    connections.forEach(Connection::close);
  }
}
