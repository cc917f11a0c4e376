package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults of a lab, oldest first; of several that match, the oldest strikes. Thread-safe. */
public final class Faults {

  private static final int MAX_FAULTS = 1000;

  private final List<Active> active = new ArrayList<>();
  private final TimeSource time;

  private record Active(Fault fault, Instant until, int remaining) {

    boolean isOverAt(Instant now) {
      return remaining == 0 || !now.isBefore(until);
    }

    Active struck() {
      return fault.limits().count().isEmpty() ? this : new Active(fault, until, remaining - 1);
    }
  }

  /** None. */
  public Faults(TimeSource time) {
    this.time = time;
  }

  /**
   * Adds a fault.
   *
   * @throws IllegalArgumentException if there are too many
   */
  public synchronized void inject(Fault fault) {
    removeOver();
    if (active.size() == MAX_FAULTS) {
      throw new IllegalArgumentException("there are " + MAX_FAULTS + " faults already");
    }
    Instant until = fault.limits().duration().map(time.now()::plus).orElse(Instant.MAX);
    active.add(new Active(fault, until, fault.limits().count().orElse(1)));
  }

  /** Removes all. */
  public synchronized void clear() {
    active.clear();
  }

  /** The fault that strikes this request, which counts as one. */
  synchronized Optional<Fault> strike(String host, HttpRequest request) {
    removeOver();
    for (int i = 0; i < active.size(); i++) {
      Active candidate = active.get(i);
      if (candidate.fault().route().matches(host, request)) {
        active.set(i, candidate.struck());
        return Optional.of(candidate.fault());
      }
    }
    return Optional.empty();
  }

  private void removeOver() {
    Instant now = time.now();
    active.removeIf(candidate -> candidate.isOverAt(now));
  }
}
