package dev.keygate.operator.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the webhook's certificate comes from.
 *
 * @param origin who makes it
 * @param checkInterval how often it is looked at
 */
public record CertificateSettings(Origin origin, Duration checkInterval) {

  /** Who makes it. */
  public sealed interface Origin {}

  /**
   * The operator, in the Secret that is shipped for it.
   *
   * @param namespace the Secret's, which is also the webhook's Service's
   */
  public record SelfManaged(String namespace) implements Origin {}

  /**
   * Somebody else, such as cert-manager.
   *
   * @param directory with {@code tls.crt} and {@code tls.key}
   */
  public record Mounted(Path directory) implements Origin {}
}
