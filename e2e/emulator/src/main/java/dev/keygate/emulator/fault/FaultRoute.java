package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which requests a fault strikes.
 *
 * @param host one host of the lab
 * @param method one method; any where absent
 * @param path what the whole path matches
 */
public record FaultRoute(String host, Optional<String> method, Pattern path) {

  private static final String ANY_PATH = ".*";

  /**
   * Requests whose path matches a regular expression.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static FaultRoute of(String host, String pathPattern) {
    return new FaultRoute(host, Optional.empty(), Pattern.compile(pathPattern));
  }

  /** Everything that a host is asked. */
  public static FaultRoute all(String host) {
    return of(host, ANY_PATH);
  }

  /** The same for one method. */
  public FaultRoute only(String oneMethod) {
    return new FaultRoute(host, Optional.of(oneMethod), path);
  }

  boolean isWholeHost() {
    return method.isEmpty() && path.pattern().equals(ANY_PATH);
  }

  boolean isAt(String asked) {
    return host.equalsIgnoreCase(asked);
  }

  boolean matches(String asked, HttpRequest request) {
    return isAt(asked)
        && method.map(request.method()::equals).orElse(true)
        && path.matcher(request.path()).matches();
  }
}
