package dev.keygate.azure.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request. Credentials travel over TLS alone: a call with an {@code Authorization} header and a
 * plain address cannot be made.
 *
 * @param method which HTTP method
 * @param uri an absolute {@code https} or {@code http} address without user info and fragment
 * @param headers names and values; the exchange adds its user agent
 * @param payload what is sent along, {@link Payload#NONE} for nothing
 */
public record Call(Method method, URI uri, Map<String, String> headers, Payload payload) {

  /** The methods that the services of Azure use. */
  public enum Method {
    /** Reads. */
    GET,
    /** Creates or acts. */
    POST,
    /** Changes some members. */
    PATCH,
    /** Replaces. */
    PUT,
    /** Deletes. */
    DELETE
  }

  /** Checks the address and that credentials do not travel in the clear. */
  public Call {
    headers = Map.copyOf(headers);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean isTls = scheme.equals("https");
    if ((!isTls && !scheme.equals("http"))
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("not an absolute http(s) address of a host");
    }
    if (!isTls && headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)) {
      throw new IllegalArgumentException("credentials for an address without TLS");
    }
  }

  /** A call that reads. */
  public static Call get(URI uri) {
    return new Call(Method.GET, uri, Map.of(), Payload.NONE);
  }

  /** A call that posts. */
  public static Call post(URI uri, Payload payload) {
    return new Call(Method.POST, uri, Map.of(), payload);
  }

  /** The same call with one more header, or another value of that header. */
  public Call withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new Call(method, uri, more, payload);
  }

  /** Scheme, host, port and path, for failures and logs; the query stays out. */
  public String address() {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + uri.getRawAuthority() + path;
  }

  /** Method and address; never headers or payload. */
  @Override
  public String toString() {
    return method + " " + address();
  }
}
