package dev.keygate.sidecar.release;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest outcome of every key, for those who report it, and how often each kind occurred. Safe
 * for use by several threads.
 */
public final class OutcomeBoard {

  private final Map<String, ReleaseOutcome> latest = new LinkedHashMap<>();
  private final Map<OutcomeKind, Long> counts = new LinkedHashMap<>();

  /** Takes note of an outcome; returns the one it replaces. */
  public synchronized Optional<ReleaseOutcome> post(ReleaseOutcome outcome) {
    counts.merge(OutcomeKind.of(outcome), 1L, Long::sum);
    return Optional.ofNullable(latest.put(outcome.name(), outcome));
  }

  /** The latest outcome of a key; empty if it has not been tried to the end yet. */
  public synchronized Optional<ReleaseOutcome> latest(String name) {
    return Optional.ofNullable(latest.get(name));
  }

  /** Takes an outcome back that is no longer so: what failed is no longer wanted. */
  public synchronized void forget(String name) {
    latest.remove(name);
  }

  /** How often each kind of outcome occurred since the start. */
  public synchronized Map<OutcomeKind, Long> counts() {
    return Map.copyOf(counts);
  }
}
