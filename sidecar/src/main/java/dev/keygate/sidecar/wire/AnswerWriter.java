package dev.keygate.sidecar.wire;

import dev.keygate.sidecar.secret.Purpose;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes answers through one buffer outside the heap that is zeroed after each: a buffer on the
 * heap would make the JDK copy the answer into one of its own, which it keeps and never zeroes. Not
 * safe for several threads.
 */
final class AnswerWriter {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  AnswerWriter(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** What is written of an answer. */
  enum Extent {
    WHOLE,
    /** For a HEAD request, whose answer has no body. */
    HEAD_ALONE
  }

  /** Whether another request may follow. */
  enum Connection {
    KEPT,
    CLOSED
  }

  void write(LocalAnswer answer, Extent extent, Connection connection) throws IOException {
    StringBuilder head = head(answer.status(), answer.headers());
    head.append("Content-Length: ").append(answer.body().size()).append("\r\n");
    if (connection == Connection.CLOSED) {
      head.append("Connection: close\r\n");
    }
    put(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    if (extent == Extent.WHOLE) {
      answer.body().reveal(Purpose.DELIVER, this::put);
    }
    flush();
  }

  /** The head of an answer that goes on until the connection ends. */
  void writeEventHead() throws IOException {
    StringBuilder head = head(200, Map.of("Content-Type", "text/event-stream"));
    put(head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    flush();
  }

  void writeEvents(String events) throws IOException {
    put(events.getBytes(StandardCharsets.UTF_8));
    flush();
  }

  private static StringBuilder head(int status, Map<String, String> headers) {
    // The reason phrase may be empty (RFC 9112 §4); the space before it may not.
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
  }

  private int put(byte[] octets) throws IOException {
    int written = 0;
    while (written < octets.length) {
      int count = Math.min(octets.length - written, buffer.remaining());
      buffer.put(octets, written, count);
      written += count;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
    return written;
  }

  private void flush() throws IOException {
    try {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } finally {
      int used = buffer.limit();
      buffer.clear();
      for (int i = 0; i < used; i += Long.BYTES) {
        buffer.putLong(i, 0);
      }
    }
  }
}
