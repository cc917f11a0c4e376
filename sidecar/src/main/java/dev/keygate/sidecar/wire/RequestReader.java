package dev.keygate.sidecar.wire;

import dev.keygate.evidence.bytes.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the requests of one connection, one after the other. Not safe for several threads. */
final class RequestReader {

  private static final int END_BYTES = 4;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteChannel channel;
  private final Listener listener;

  /** Filled from its start; what was read ahead stays for the next request. */
  private final ByteBuffer buffer =
      ByteBuffer.allocate(WireLimits.HEAD_BYTES + WireLimits.BODY_BYTES);

  RequestReader(ByteChannel channel, Listener listener) {
    this.channel = channel;
    this.listener = listener;
  }

  /**
   * The next request; empty at an orderly end of the connection.
   *
   * @throws WireException if what came is not taken for one; the connection is of no more use
   */
  Optional<LocalRequest> next() throws IOException, WireException {
    int headEnd = readHead();
    if (headEnd < 0) {
      return Optional.empty();
    }
    RequestHead head = RequestHead.parse(take(headEnd));
    take(END_BYTES);
    int bodyBytes = head.bodyBytes();
    if (bodyBytes > 0 && head.isContinueExpected()) {
      channel.write(ByteBuffer.wrap(CONTINUE));
    }
    while (buffer.position() < bodyBytes) {
      fill();
    }
    return Optional.of(new LocalRequest(head, Bytes.copyOf(take(bodyBytes)), listener));
  }

  /** Overwrites what was read: it may hold caller tokens. */
  void wipe() {
    buffer.clear();
    buffer.put(new byte[buffer.capacity()]);
  }

  /** Where the head ends; negative if nothing came at all. */
  private int readHead() throws IOException, WireException {
    int searched = 0;
    while (true) {
      int end = headEnd(searched);
      if (end >= 0) {
        return end;
      }
      searched = Math.max(0, buffer.position() - END_BYTES + 1);
      if (buffer.position() >= WireLimits.HEAD_BYTES) {
        throw new WireException(WireDefect.HEAD_TOO_LARGE);
      }
      if (buffer.position() == 0) {
        if (channel.read(buffer) < 0) {
          return -1;
        }
      } else {
        fill();
      }
    }
  }

  private int headEnd(int from) {
    for (int i = from; i + END_BYTES <= buffer.position(); i++) {
      if (buffer.get(i) == '\r'
          && buffer.get(i + 1) == '\n'
          && buffer.get(i + 2) == '\r'
          && buffer.get(i + 3) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    if (channel.read(buffer) < 0) {
      throw new EOFException("the connection ended within a request");
    }
  }

  private byte[] take(int count) {
    byte[] taken = new byte[count];
    buffer.flip();
    buffer.get(taken);
    buffer.compact();
    return taken;
  }
}
