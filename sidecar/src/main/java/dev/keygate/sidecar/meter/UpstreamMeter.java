package dev.keygate.sidecar.meter;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How calls of services end, and how long they take. Safe for use by several threads. */
public final class UpstreamMeter {

  private final Map<Ending, LongAdder> endings = new ConcurrentHashMap<>();
  private final Map<String, Durations> durations = new ConcurrentHashMap<>();

  /**
   * How a call ended.
   *
   * @param upstream the service, as failures name it
   * @param outcome the status's class, such as {@code 2xx}, or {@code unavailable} or {@code
   *     refused} where there was no answer to speak of
   */
  public record Ending(String upstream, String outcome) {}

  void add(Ending ending, Duration duration) {
    endings.computeIfAbsent(ending, _ -> new LongAdder()).increment();
    durations.computeIfAbsent(ending.upstream(), _ -> new Durations()).add(duration);
  }

  /** How often calls ended so. */
  public Map<Ending, Long> endings() {
    Map<Ending, Long> counted = new ConcurrentHashMap<>();
    endings.forEach((ending, count) -> counted.put(ending, count.sum()));
    return Map.copyOf(counted);
  }

  /** How long calls took, by service. */
  public Map<String, Durations> durations() {
    return new TreeMap<>(durations);
  }
}
