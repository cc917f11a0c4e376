package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.command.TpmCommand;
import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TPM as a Unix socket. Like the device it stands for it takes one command per write and gives
 * one response to read; a write that is no whole command is answered with an error at once. A
 * connection is one client, whose objects and sessions end with it.
 */
public final class TpmSocket implements AutoCloseable {

  /** The longest path of a Unix socket on Linux, in bytes, without the terminating zero. */
  private static final int MAX_PATH_BYTES = 107;

  private static final Logger LOG = LoggerFactory.getLogger(TpmSocket.class);

  private final Path path;
  private final SoftwareTpm tpm;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

  private TpmSocket(Path path, SoftwareTpm tpm, ServerSocketChannel server) {
    this.path = path;
    this.tpm = tpm;
    this.server = server;
  }

  /**
   * Listens on a path, replacing what an earlier run left there.
   *
   * @throws IOException if the path is longer than a Unix socket allows or cannot be bound
   */
  public static TpmSocket listen(Path path, SoftwareTpm tpm) throws IOException {
    int pathBytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (pathBytes > MAX_PATH_BYTES) {
      throw new IOException(
          "The path of the TPM socket has "
              + pathBytes
              + " bytes and a Unix socket allows 107; choose a folder with a shorter path than "
              + path.getParent());
    }
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
    } catch (IOException unbound) {
      server.close();
      throw unbound;
    }
    TpmSocket socket = new TpmSocket(path, tpm, server);
    Thread.ofVirtual().name("tpm-accept").start(socket::accept);
    return socket;
  }

  /** Where clients connect. */
  public Path path() {
    return path;
  }

  /** Ends all connections and removes the socket. */
  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel client : clients) {
      client.close();
    }
    Files.deleteIfExists(path);
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        clients.add(client);
        Thread.ofVirtual().name("tpm-client").start(() -> serve(client));
        if (!server.isOpen()) {
          // Accepted while close() went through the clients.
          client.close();
        }
      } catch (IOException closed) {
        LOG.debug("the TPM socket stopped accepting", closed);
      }
    }
  }

  private void serve(SocketChannel client) {
    // One byte more than any command has, so that a longer one is noticed.
    ByteBuffer buffer = ByteBuffer.allocate(TpmCommand.MAX_BYTES + 1);
    try (client;
        TpmConnection connection = tpm.connect()) {
      while (client.read(buffer) >= 0) {
        boolean oversized = !buffer.hasRemaining();
        Bytes response =
            oversized
                ? TpmAnswer.refusal(TpmResponseCode.of(TpmError.COMMAND_SIZE))
                : connection.exchange(Bytes.copyOf(buffer.array(), 0, buffer.position()));
        buffer.clear();
        client.write(ByteBuffer.wrap(response.toArray()));
        if (oversized) {
          // What is left of the write must not be taken for the next command.
          return;
        }
      }
    } catch (IOException gone) {
      LOG.debug("a TPM client went away", gone);
    } finally {
      clients.remove(client);
    }
  }
}
