package dev.keygate.azure.http;

import dev.keygate.evidence.bytes.Bytes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request's body and its content type.
 *
 * @param contentType the media type; empty for no body
 * @param body what is sent
 */
public record Payload(String contentType, Bytes body) {

  /** Nothing is sent. */
  public static final Payload NONE = new Payload("", Bytes.EMPTY);

  /** JSON text in UTF-8. */
  public static Payload json(String text) {
    return new Payload("application/json", Bytes.ofUtf8(text));
  }

  /** Names and values as an HTML form sends them, in the order of the map. */
  public static Payload form(Map<String, String> fields) {
    String text =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return new Payload("application/x-www-form-urlencoded", Bytes.ofUtf8(text));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Content type and size, never the content. */
  @Override
  public String toString() {
    return "Payload[" + contentType + ", " + body.size() + " bytes]";
  }
}
