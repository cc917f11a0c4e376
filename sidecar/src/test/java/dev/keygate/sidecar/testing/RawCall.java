package dev.keygate.sidecar.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A call as no HTTP library would let one make it. */
public final class RawCall {

  private final Map<String, String> headers = new LinkedHashMap<>();
  private final SocketAddress address;

  private RawCall(SocketAddress address) {
    this.address = address;
  }

  /** To a port of 127.0.0.1. */
  public static RawCall toPort(int port) {
    return new RawCall(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
  }

  /** To a Unix socket. */
  public static RawCall toSocket(Path path) {
    return new RawCall(UnixDomainSocketAddress.of(path));
  }

  /** With a header, in place of one of that name. */
  public RawCall with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Sends it with its length, and reads until the other side ends the connection. */
  public Reply send(String method, String target, String body) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    request.append("Content-Length: ").append(length).append("\r\n");
    return Reply.parse(
        exchange(request.append("Connection: close\r\n\r\n").append(body).toString()));
  }

  /** Sends these octets and reads until the other side ends the connection. */
  public String exchange(String octets) throws IOException {
    try (SocketChannel channel = open()) {
      channel.write(ByteBuffer.wrap(octets.getBytes(StandardCharsets.UTF_8)));
      return readAll(channel);
    }
  }

  /** A connection. */
  public SocketChannel open() throws IOException {
    if (address instanceof UnixDomainSocketAddress) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(address);
      return channel;
    }
    return SocketChannel.open(address);
  }

  /** What comes until the other side ends the connection. */
  public static String readAll(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (channel.read(buffer) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /**
   * What came back.
   *
   * @param head status line and headers
   */
  public record Reply(int status, String head, String body) {

    /** Takes a reply apart. */
    public static Reply parse(String text) {
      String[] parts = text.split("\r\n\r\n", 2);
      return new Reply(Integer.parseInt(text.split(" ", 3)[1]), parts[0], parts[1]);
    }

    /** The value of a header. */
    public Optional<String> header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }
  }
}
