package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.HttpRequest;
import java.util.regex.Pattern;

/**
 * Which requests a fault strikes.
 *
 * @param host one host of the lab
 * @param path what the whole path matches
 */
public record FaultRoute(String host, Pattern path) {

  /**
   * Requests whose path matches a regular expression.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static FaultRoute of(String host, String pathPattern) {
    return new FaultRoute(host, Pattern.compile(pathPattern));
  }

  /** Everything that a host is asked. */
  public static FaultRoute all(String host) {
    return of(host, ".*");
  }

  boolean matches(String asked, HttpRequest request) {
    return host.equalsIgnoreCase(asked) && path.matcher(request.path()).matches();
  }
}
