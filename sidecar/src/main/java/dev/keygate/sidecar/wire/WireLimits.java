package dev.keygate.sidecar.wire;

import java.time.Duration;

/**
 * How much a connection may take of this process.
 *
 * @param connections how many there may be per listener at a time
 * @param exchange within which a request must have come in whole, counted from the end of the one
 *     before, and within which an answer must have been taken
 * @param eventPause between two looks for events
 */
public record WireLimits(int connections, Duration exchange, Duration eventPause) {

  /** For a pod. */
  public static final WireLimits STANDARD =
      new WireLimits(64, Duration.ofSeconds(10), Duration.ofMillis(200));

  /** The largest line and headers of a request. */
  static final int HEAD_BYTES = 8 * 1024;

  /** The largest body of a request. */
  public static final int BODY_BYTES = 8 * 1024;
}
