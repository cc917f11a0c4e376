package dev.keygate.sidecar.meter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How calls of the local API are answered. Safe for use by several threads. */
public final class CallMeter {

  private final Map<Answered, LongAdder> answers = new ConcurrentHashMap<>();

  /**
   * An answer.
   *
   * @param route the route's name; {@code none} for what is no route
   * @param status the HTTP status
   */
  public record Answered(String route, int status) {}

  /** Counts an answer. */
  public void add(Answered answered) {
    answers.computeIfAbsent(answered, _ -> new LongAdder()).increment();
  }

  /** How often calls were answered so. */
  public Map<Answered, Long> answers() {
    Map<Answered, Long> counted = new ConcurrentHashMap<>();
    answers.forEach((answered, count) -> counted.put(answered, count.sum()));
    return Map.copyOf(counted);
  }
}
