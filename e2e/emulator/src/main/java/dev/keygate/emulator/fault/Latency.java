package dev.keygate.emulator.fault;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The distance to all services, which can be changed at any time. Thread-safe. */
public final class Latency {

  private static final String METADATA = "imds.";

  private final RandomGenerator random;
  private volatile LatencyProfile profile = LatencyProfile.NONE;

  /** None at first. */
  public Latency(RandomGenerator random) {
    this.random = random;
  }

  /** Puts services at another distance. */
  public void set(LatencyProfile other) {
    profile = other;
  }

  /** The delay of a request; a machine's metadata service is always on the machine. */
  Duration next(String host) {
    return host.startsWith(METADATA) ? Duration.ZERO : profile.at(random.nextDouble());
  }
}
