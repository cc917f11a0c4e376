package dev.keygate.emulator.oidc;

/** An issuer's metadata or keys cannot be had. */
public final class DiscoveryException extends Exception {

  private static final long serialVersionUID = 1L;

  DiscoveryException(String message) {
    super(message);
  }

  DiscoveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
