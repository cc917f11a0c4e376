package dev.keygate.emulator.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An answer of a service.
 *
 * @param status the status code
 * @param headers header fields besides the length and the connection's
 * @param body text, sent as UTF-8; octets of a {@link #binary} answer as ISO-8859-1
 * @param delivery how it is sent
 */
public record HttpResponse(
    int status, Map<String, String> headers, String body, Delivery delivery) {

  private static final Set<String> BINARY_TYPES =
      Set.of("application/pkix-crl", "application/octet-stream");

  public HttpResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** An answer that is sent whole. */
  public HttpResponse(int status, Map<String, String> headers, String body) {
    this(status, headers, body, Delivery.WHOLE);
  }

  /** JSON as Azure sends it. */
  public static HttpResponse json(int status, JsonNode body) {
    return new HttpResponse(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
  }

  /** Plain text. */
  public static HttpResponse text(int status, String body) {
    return new HttpResponse(status, Map.of("Content-Type", "text/plain; charset=utf-8"), body);
  }

  /**
   * Octets.
   *
   * @param contentType one that says that they are no text
   */
  public static HttpResponse binary(String contentType, byte[] octets) {
    if (!BINARY_TYPES.contains(contentType)) {
      throw new IllegalArgumentException(contentType + " is a type of text");
    }
    return new HttpResponse(
        200, Map.of("Content-Type", contentType), new String(octets, ISO_8859_1));
  }

  /** The body as it is sent. */
  byte[] octets() {
    boolean binary = BINARY_TYPES.contains(headers.getOrDefault("Content-Type", ""));
    return body.getBytes(binary ? ISO_8859_1 : UTF_8);
  }

  /** A status without a body. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, Map.of(), "");
  }

  /** The same answer, sent otherwise. */
  public HttpResponse sent(Delivery otherwise) {
    return new HttpResponse(status, headers, body, otherwise);
  }

  /** The same answer with one more header, or another value of it. */
  public HttpResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpResponse(status, more, body, delivery);
  }
}
