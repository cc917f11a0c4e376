package dev.keygate.emulator.net;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of a service.
 *
 * @param status the status code
 * @param headers header fields besides the length and the connection's
 * @param body text, sent as UTF-8
 * @param delivery how it is sent
 */
public record HttpResponse(
    int status, Map<String, String> headers, String body, Delivery delivery) {

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
