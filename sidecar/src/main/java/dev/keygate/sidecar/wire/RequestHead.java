package dev.keygate.sidecar.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line and the headers of a request (RFC 9112 §3 and §5), read more strictly than most: lines
 * end with CR LF, everything is visible ASCII, no header goes over two lines, and the length of a
 * body is said once and in digits. What two readers could read differently is refused.
 *
 * @param method upper case
 * @param target in origin form, as sent
 * @param headers names in any case, with their values
 */
public record RequestHead(String method, String target, Map<String, List<String>> headers) {

  private static final int MOST_HEADERS = 64;
  private static final Pattern LINE =
      Pattern.compile("([A-Z]{1,16}) (/[\\x21-\\x7e]{0,2047}) HTTP/1\\.1");
  private static final Pattern HEADER =
      Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}):[ \\t]*([\\x20-\\x7e\\t]*?)[ \\t]*");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

  /** Copies the headers. */
  public RequestHead {
    Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> anyCase.put(name, List.copyOf(values)));
    headers = Collections.unmodifiableMap(anyCase);
  }

  /**
   * Reads a head.
   *
   * @param head everything before the empty line
   * @throws WireException {@code MALFORMED}
   */
  static RequestHead parse(byte[] head) throws WireException {
    String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    Matcher line = LINE.matcher(lines[0]);
    if (!line.matches() || lines.length > MOST_HEADERS) {
      throw new WireException(WireDefect.MALFORMED);
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      Matcher header = HEADER.matcher(lines[i]);
      if (!header.matches()) {
        throw new WireException(WireDefect.MALFORMED);
      }
      headers.computeIfAbsent(header.group(1), _ -> new ArrayList<>()).add(header.group(2));
    }
    return new RequestHead(line.group(1), line.group(2), headers);
  }

  /** The values of a header, in the order in which they came. */
  List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** The value of a header that occurs exactly once. */
  Optional<String> single(String name) {
    List<String> values = header(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** How many bytes of body follow. */
  int bodyBytes() throws WireException {
    if (!header("Transfer-Encoding").isEmpty()) {
      throw new WireException(WireDefect.LENGTH_MISSING);
    }
    if (header("Content-Length").isEmpty()) {
      return 0;
    }
    String length = single("Content-Length").orElse("");
    if (!LENGTH.matcher(length).matches()) {
      throw new WireException(WireDefect.MALFORMED);
    }
    int bytes = Integer.parseInt(length);
    if (bytes > WireLimits.BODY_BYTES) {
      throw new WireException(WireDefect.BODY_TOO_LARGE);
    }
    return bytes;
  }

  /** Whether the caller waits to be told that it may send the body (RFC 9110 §10.1.1). */
  boolean isContinueExpected() {
    return single("Expect").filter("100-continue"::equalsIgnoreCase).isPresent();
  }

  /** Whether the caller wants no further request on this connection. */
  boolean isLast() {
    return header("Connection").stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
  }

  /** Method and target; headers may hold secrets. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}
