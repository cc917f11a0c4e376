package dev.keygate.bench.sidecar;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection to the local API that asks for one key again and again. Bare sockets: the client
 * is on the sidecar's cores, and what it costs is measured with it.
 */
final class FetchClient implements AutoCloseable {

  private static final int ANSWERED_WITHIN_MILLIS = 10_000;
  private static final int LARGEST_LINE = 8192;

  private final Socket socket;
  private final InputStream in;
  private final byte[] request;

  /**
   * The answer without its body.
   *
   * @param etag the version with its quotes; empty if there is none
   */
  record Answer(int status, String etag) {}

  private FetchClient(Socket socket, byte[] request) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.request = request;
  }

  static FetchClient open(int port, String key, String token) throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWERED_WITHIN_MILLIS);
    String request =
        "POST /v1/keys/"
            + key
            + "/material HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/json\r\nAccept: application/jwk+json\r\n"
            + "Content-Length: 2\r\n\r\n{}";
    return new FetchClient(socket, request.getBytes(StandardCharsets.US_ASCII));
  }

  Answer fetch() throws IOException {
    socket.getOutputStream().write(request);
    int status = Integer.parseInt(line().split(" ", -1)[1]);
    int length = 0;
    String etag = "";
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = header.substring(colon + 1).strip();
      switch (name) {
        case "content-length" -> length = Integer.parseInt(value);
        case "etag" -> etag = value;
        default -> {
          // Of no interest here.
        }
      }
    }
    in.skipNBytes(length);
    return new Answer(status, etag);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < LARGEST_LINE) {
      int octet = in.read();
      switch (octet) {
        case -1 -> throw new EOFException("the sidecar has closed the connection");
        case '\r' -> {
          // The line feed ends the line.
        }
        case '\n' -> {
          return line.toString();
        }
        default -> line.append((char) octet);
      }
    }
    throw new IOException("a line of more than " + LARGEST_LINE + " bytes");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
