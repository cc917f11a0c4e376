package dev.keygate.azure.http;

import java.time.Duration;

/**
 * How long an exchange may take.
 *
 * @param connect until the connection, TLS included, stands
 * @param total from the first byte sent until the last one received
 */
public record Timeouts(Duration connect, Duration total) {

  /** For services on the internet: 5 s and 30 s. */
  public static final Timeouts REMOTE = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30));

  /** For the instance metadata service, which is one hop away: 2 s and 10 s. */
  public static final Timeouts LOCAL = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));

  /** Both must be positive. */
  public Timeouts {
    if (!connect.isPositive() || !total.isPositive()) {
      throw new IllegalArgumentException("a timeout must be positive");
    }
  }
}
