package dev.keygate.bench.sidecar;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Stands between a sidecar and a vTPM's socket and takes the time of every command. Commands and
 * responses begin with a tag of two octets and their whole size in four (TPM 2.0 Part 1, 18.1).
 */
final class TpmRelay implements AutoCloseable {

  private static final int HEADER_BYTES = 10;
  private static final int SIZE_OFFSET = 2;
  private static final int CODE_OFFSET = 6;
  private static final int LARGEST_BYTES = 1 << 16;

  private final ServerSocketChannel server;
  private final Path path;
  private final Path tpm;
  private final Spans spans;

  /** One command or response. */
  record Frame(ByteBuffer octets) {

    int code() {
      return octets.getInt(CODE_OFFSET);
    }
  }

  private TpmRelay(ServerSocketChannel server, Path path, Path tpm, Spans spans) {
    this.server = server;
    this.path = path;
    this.tpm = tpm;
    this.spans = spans;
  }

  /** Listens at a path for those who want to speak to a TPM. */
  static TpmRelay open(Path path, Path tpm, Spans spans) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    TpmRelay relay = new TpmRelay(server, path, tpm, spans);
    Thread.ofPlatform().daemon().name("tpm-relay").start(relay::accept);
    return relay;
  }

  Path path() {
    return path;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofPlatform().daemon().name("tpm-relay-client").start(() -> relay(client));
      }
    } catch (IOException closed) {
      // Closing it is how it ends.
    }
  }

  private void relay(SocketChannel client) {
    try (client;
        SocketChannel device = SocketChannel.open(UnixDomainSocketAddress.of(tpm))) {
      while (true) {
        Frame command = read(client);
        long from = spans.now();
        write(device, command);
        Frame response = read(device);
        write(client, response);
        spans.add(new Span("TPM", Integer.toHexString(command.code()), from, spans.now()));
      }
    } catch (EOFException | ClosedChannelException over) {
      // Either side has closed.
    } catch (IOException broken) {
      // The sidecar says what it makes of it.
    }
  }

  private static Frame read(SocketChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    fill(channel, header);
    int size = header.getInt(SIZE_OFFSET);
    if (size < HEADER_BYTES || size > LARGEST_BYTES) {
      throw new IOException("a frame of " + size + " bytes");
    }
    ByteBuffer whole = ByteBuffer.allocate(size);
    whole.put(header.flip());
    fill(channel, whole);
    return new Frame(whole.flip());
  }

  private static void fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("closed");
      }
    }
  }

  private static void write(SocketChannel channel, Frame frame) throws IOException {
    ByteBuffer octets = frame.octets().duplicate();
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
