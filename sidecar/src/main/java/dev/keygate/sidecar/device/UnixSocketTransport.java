package dev.keygate.sidecar.device;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A TPM behind a Unix stream socket: the same octets, told apart by the size in their header. */
final class UnixSocketTransport implements TpmTransport {

  private static final long ANSWER_MILLISECONDS = 10_000;
  private static final int HEADER_BYTES = 10;
  private static final int SIZE_OFFSET = 2;

  private final SocketChannel socket;
  private final Selector selector;

  /** Outside the heap: from one on the heap the JDK would read through a buffer that it keeps. */
  private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_BYTES);

  private UnixSocketTransport(SocketChannel socket, Selector selector) {
    this.socket = socket;
    this.selector = selector;
  }

  static UnixSocketTransport open(Path path) throws IOException {
    SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    try {
      socket.configureBlocking(false);
      Selector selector = Selector.open();
      socket.register(selector, SelectionKey.OP_READ);
      return new UnixSocketTransport(socket, selector);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public byte[] exchange(byte[] command) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(command);
    while (out.hasRemaining()) {
      // A command is far smaller than a socket's buffer, which is empty between two commands.
      if (socket.write(out) == 0) {
        throw new IOException("the TPM does not take the command");
      }
    }
    in.clear();
    try {
      receive(HEADER_BYTES);
      int size = in.getInt(SIZE_OFFSET);
      if (size < HEADER_BYTES || size > LARGEST_BYTES) {
        throw new IOException("the TPM announced a response of " + size + " bytes");
      }
      receive(size);
      byte[] response = new byte[in.flip().remaining()];
      in.get(response);
      return response;
    } finally {
      // A response may carry a plaintext.
      in.clear().put(new byte[LARGEST_BYTES]);
    }
  }

  private void receive(int size) throws IOException {
    while (in.position() < size) {
      if (selector.select(ANSWER_MILLISECONDS) == 0) {
        throw new IOException("the TPM did not answer within 10 s");
      }
      selector.selectedKeys().clear();
      if (socket.read(in) < 0) {
        throw new EOFException("the TPM closed the connection");
      }
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the TPM socket", e);
    }
  }
}
