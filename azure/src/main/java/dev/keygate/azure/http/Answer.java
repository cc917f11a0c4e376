package dev.keygate.azure.http;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a service answered: any status but a redirect.
 *
 * @param address scheme, host, port and path that answered
 * @param status the HTTP status
 * @param headers names, in any case, and their values
 * @param body the whole body, within the exchange's limit
 */
public record Answer(String address, int status, Map<String, List<String>> headers, Bytes body) {

  private static final int SHOWN_CHARS = 80;

  /** Copies the headers so that their names are found in any case. */
  public Answer {
    TreeMap<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = Collections.unmodifiableMap(anyCase);
  }

  /** Whether the service did what was asked: any 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** How long the service asked to be left alone. */
  public Optional<Duration> retryAfter(Instant now) {
    return header("Retry-After").flatMap(value -> RetryAfter.parse(value, now));
  }

  /**
   * The body as JSON.
   *
   * @throws JsonFormatException if the content type is not JSON or the body is not one object
   */
  public JsonMembers json() throws JsonFormatException {
    String type = header("Content-Type").orElse("").split(";", 2)[0].strip();
    String lower = type.toLowerCase(Locale.ROOT);
    boolean isJson =
        lower.equals("application/json")
            || (lower.startsWith("application/") && lower.endsWith("+json"));
    if (!isJson) {
      throw new JsonFormatException("the content type is '" + Printable.of(type) + "', not JSON");
    }
    return JsonMembers.parse(body);
  }

  /**
   * Status and address, and the error code and request id where the service gave them: the part of
   * a message that says who said no.
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(address).append(" answered ").append(status);
    String code = errorCode();
    if (!code.isEmpty()) {
      text.append(" (").append(code).append(')');
    }
    header("x-ms-request-id")
        .map(id -> Printable.of(id, SHOWN_CHARS))
        .ifPresent(id -> text.append(", request id ").append(id));
    return text.toString();
  }

  /**
   * The machine-readable error code of the body, header or, failing that, the empty text: {@code
   * error.code}, with {@code error.innererror.code} after a slash, or an OAuth {@code error}.
   */
  public String errorCode() {
    return ErrorCode.of(this);
  }

  /** Address and status; never the body. */
  @Override
  public String toString() {
    return "Answer[" + describe() + ", " + body.size() + " bytes]";
  }
}
