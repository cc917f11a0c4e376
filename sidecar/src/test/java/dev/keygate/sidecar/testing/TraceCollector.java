package dev.keygate.sidecar.testing;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of spans on loopback, which takes OTLP over HTTP as JSON. */
public final class TraceCollector implements AutoCloseable {

  private final HttpServer server;
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  /**
   * A span that came in.
   *
   * @param parent empty for the first one of its trace
   */
  public record Received(
      String trace, String id, String parent, String name, Map<String, String> attributes) {}

  private TraceCollector(HttpServer server, int status) {
    this.server = server;
    server.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            bodies.add(new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
  }

  /** Starts one that answers every call so. */
  public static TraceCollector answering(int status) throws IOException {
    return new TraceCollector(
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0), status);
  }

  /** Its base address. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Whatever it was sent, as it came. */
  public List<String> bodies() {
    return List.copyOf(bodies);
  }

  /** The spans that it was sent. */
  public List<Received> spans() throws ParseException {
    List<Received> spans = new ArrayList<>();
    for (String body : bodies) {
      for (Map<String, Object> resource : objects(JSONObjectUtils.parse(body), "resourceSpans")) {
        for (Map<String, Object> scope : objects(resource, "scopeSpans")) {
          for (Map<String, Object> span : objects(scope, "spans")) {
            spans.add(received(span));
          }
        }
      }
    }
    return spans;
  }

  private static Received received(Map<String, Object> span) throws ParseException {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map<String, Object> attribute : objects(span, "attributes")) {
      Map<String, Object> value = JSONObjectUtils.getJSONObject(attribute, "value");
      attributes.put(text(attribute, "key"), text(value, "stringValue"));
    }
    return new Received(
        text(span, "traceId"),
        text(span, "spanId"),
        text(span, "parentSpanId"),
        text(span, "name"),
        attributes);
  }

  private static String text(Map<String, Object> object, String member) {
    return object.getOrDefault(member, "").toString();
  }

  private static List<Map<String, Object>> objects(Map<String, Object> object, String member)
      throws ParseException {
    return List.of(JSONObjectUtils.getJSONObjectArray(object, member));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
