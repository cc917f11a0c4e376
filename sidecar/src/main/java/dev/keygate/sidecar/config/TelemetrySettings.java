package dev.keygate.sidecar.config;

import dev.keygate.failure.RefusedException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Where spans go.
 *
 * @param endpoint the collector's base address; empty if none are made
 */
public record TelemetrySettings(Optional<URI> endpoint) {

  private static final String ENDPOINT = "keygate.telemetry.endpoint";
  private static final String EXPECTED =
      "http:// or https://<literal address>[:<port>][/<path>] of a collector in this pod or on the"
          + " node";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * Checks what was written.
   *
   * @throws RefusedException naming the setting; it repeats no credentials
   */
  public static TelemetrySettings from(SidecarSettings.Telemetry written) throws RefusedException {
    Optional<String> text = Written.text(written.endpoint());
    return new TelemetrySettings(
        text.isPresent() ? Optional.of(endpoint(text.get())) : Optional.empty());
  }

  private static URI endpoint(String text) throws RefusedException {
    if (text.contains("@")) {
      throw Refusal.of(
          ENDPOINT, "holds credentials, which a collector is not given; leave them out");
    }
    try {
      URI endpoint = new URI(text);
      if (isBaseAddress(endpoint)) {
        return endpoint;
      }
    } catch (URISyntaxException notUri) {
      // Said below, like an address of another form.
    }
    throw Refusal.of(ENDPOINT, EXPECTED, text);
  }

  private static boolean isBaseAddress(URI uri) {
    return uri.getScheme() != null
        && SCHEMES.contains(uri.getScheme())
        && uri.getHost() != null
        && isLiteral(uri.getHost())
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  /** No name is looked up: whoever answers for names would be told of every release. */
  private static boolean isLiteral(String host) {
    try {
      InetAddress address = InetAddress.ofLiteral(host.replaceFirst("^\\[(.*)]$", "$1"));
      return !address.isAnyLocalAddress() && !address.isMulticastAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }
}
