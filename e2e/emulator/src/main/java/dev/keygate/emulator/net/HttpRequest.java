package dev.keygate.emulator.net;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A request as a service sees it. Names of headers and query parameters are case-insensitive; of a
 * repeated one the first counts.
 *
 * @param method in upper case as sent
 * @param path raw, without the query, always beginning with a slash
 * @param query decoded query parameters
 * @param headers header fields
 * @param body the body as UTF-8, malformed bytes replaced
 */
public record HttpRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  public HttpRequest {
    query = caseInsensitive(query);
    headers = caseInsensitive(headers);
  }

  /** The value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The decoded value of a query parameter. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** The body read as {@code application/x-www-form-urlencoded}. */
  public Map<String, String> form() {
    return FormText.parse(body);
  }

  /** The path's segments; empty ones, as of a doubled or trailing slash, are left out. */
  public List<String> segments() {
    return Stream.of(path.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
  }

  private static Map<String, String> caseInsensitive(Map<String, String> map) {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    map.forEach(copy::putIfAbsent);
    return Collections.unmodifiableMap(copy);
  }
}
