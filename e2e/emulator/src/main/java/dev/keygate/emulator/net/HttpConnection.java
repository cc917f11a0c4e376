package dev.keygate.emulator.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one connection: request after request, until either side wants no more. */
final class HttpConnection {

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
  private static final int MAX_REQUESTS = 10_000;

  private final Socket socket;
  private final Socket connection;
  private final HttpService service;

  /** Over plain TCP. */
  HttpConnection(Socket socket, HttpService service) {
    this(socket, socket, service);
  }

  /**
   * @param socket what requests are read from, inside TLS if there is any
   * @param connection the TCP connection underneath
   */
  HttpConnection(Socket socket, Socket connection, HttpService service) {
    this.socket = socket;
    this.connection = connection;
    this.service = service;
  }

  void serve() throws IOException {
    OutputStream out = socket.getOutputStream();
    RequestReader reader = new RequestReader(new BufferedInputStream(socket.getInputStream()), out);
    for (int count = 0; count < MAX_REQUESTS; count++) {
      Optional<HttpRequest> request;
      try {
        request = reader.next();
      } catch (HttpRefusedException e) {
        write(out, service.failure(e.status(), e.sentence()), "close");
        return;
      }
      if (request.isEmpty()) {
        return;
      }
      boolean last = "close".equalsIgnoreCase(request.get().header("connection").orElse(""));
      write(out, answer(request.get()), last ? "close" : "keep-alive");
      if (last) {
        return;
      }
    }
  }

  // The one place where a defect of a service becomes an answer instead of a broken connection.
  private HttpResponse answer(HttpRequest request) {
    try {
      return service.answer(request);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("method", request.method()).log("a service failed");
      return service.failure(500, "An internal error of the lab occurred; its log says which.");
    }
  }

  private void write(OutputStream out, HttpResponse response, String persistence)
      throws IOException {
    byte[] body = response.octets();
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(response.status()).append(" -\r\n");
    response.headers().forEach((name, value) -> appendHeader(head, name, value));
    if (response.status() != 204) {
      appendHeader(head, "Content-Length", Integer.toString(body.length));
    }
    appendHeader(head, "Connection", persistence);
    response
        .delivery()
        .deliver(
            head.append("\r\n").toString().getBytes(ISO_8859_1),
            body,
            new Delivery.Wire(out, connection));
  }

  private static void appendHeader(StringBuilder head, String name, String value) {
    String line = value.replace('\r', ' ').replace('\n', ' ');
    head.append(name).append(": ").append(line).append("\r\n");
  }
}
