package dev.keygate.sidecar.localapi;

import dev.keygate.evidence.bytes.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A call as it came in.
 *
 * @param method upper case
 * @param path as sent, without a query
 * @param headers names in any case, with their values
 * @param body the whole body, of bounded size
 */
record LocalRequest(String method, String path, Map<String, List<String>> headers, Bytes body) {

  LocalRequest {
    Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = Collections.unmodifiableMap(anyCase);
  }

  /** The value of a header that occurs exactly once. */
  Optional<String> single(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** Method and path; headers and body may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
