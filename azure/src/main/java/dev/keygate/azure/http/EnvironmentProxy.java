package dev.keygate.azure.http;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy that a cluster's administrator sets for its pods: {@code HTTPS_PROXY}, and {@code
 * NO_PROXY} with host names whose subdomains count too. Address ranges in {@code NO_PROXY} have no
 * meaning here: the services have names.
 */
final class EnvironmentProxy extends ProxySelector {

  private static final Pattern ADDRESS =
      Pattern.compile("(?:http://)?([A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:]+]):([0-9]{1,5})/?");
  private static final int LAST_PORT = 65_535;

  private final Proxy proxy;
  private final List<String> direct;

  private EnvironmentProxy(Proxy proxy, List<String> direct) {
    super();
    this.proxy = proxy;
    this.direct = direct;
  }

  static ProxySelector of(Map<String, String> environment) throws RefusedException {
    String address = either(environment, "HTTPS_PROXY");
    if (address.isEmpty()) {
      return HttpClient.Builder.NO_PROXY;
    }
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > LAST_PORT) {
      throw new RefusedException(
          Reason.SettingsInvalid,
          "HTTPS_PROXY was expected as http://<host>:<port> without credentials");
    }
    InetSocketAddress at =
        InetSocketAddress.createUnresolved(parts.group(1), Integer.parseInt(parts.group(2)));
    List<String> direct =
        Arrays.stream(either(environment, "NO_PROXY").split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
            .filter(name -> !name.isEmpty())
            .toList();
    return new EnvironmentProxy(new Proxy(Proxy.Type.HTTP, at), direct);
  }

  private static String either(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return environment.getOrDefault(name, lower).strip();
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean isDirect =
        direct.stream()
            .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    return List.of(isDirect ? Proxy.NO_PROXY : proxy);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The exchange reports the failure itself.
  }
}
