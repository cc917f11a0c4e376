package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults of a lab, oldest first; of several that match, the oldest strikes. Thread-safe. */
public final class Faults {

  private static final int MAX_FAULTS = 1000;

  private final List<ActiveFault> active = new ArrayList<>();
  private final TimeSource time;

  /** None. */
  public Faults(TimeSource time) {
    this.time = time;
  }

  /** The clock of delays. */
  TimeSource time() {
    return time;
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
    active.add(new ActiveFault(fault, until));
  }

  /** Removes all. */
  public synchronized void clear() {
    active.clear();
  }

  /** Those that are not over, and how often they were met. */
  public synchronized List<FaultCount> counts() {
    removeOver();
    return active.stream().map(ActiveFault::count).toList();
  }

  /** Whether this connection is to be shown a certificate that is over, which counts as one. */
  public synchronized boolean expireCertificate(String host) {
    return strike(
            fault ->
                fault.effect() instanceof FaultEffect.ExpiredCertificate
                    && fault.route().isAt(host))
        .isPresent();
  }

  /** The fault that strikes this request, which counts as one. */
  synchronized Optional<ActiveFault> strike(String host, HttpRequest request) {
    return strike(
        fault ->
            !(fault.effect() instanceof FaultEffect.ExpiredCertificate)
                && fault.route().matches(host, request));
  }

  // All that match count the call, also those that an older one keeps from striking.
  private Optional<ActiveFault> strike(Predicate<Fault> isMeant) {
    removeOver();
    List<ActiveFault> due =
        active.stream().filter(one -> isMeant.test(one.fault()) && one.countCall()).toList();
    due.stream().findFirst().ifPresent(ActiveFault::countStrike);
    return due.stream().findFirst();
  }

  private void removeOver() {
    Instant now = time.now();
    active.removeIf(candidate -> candidate.isOverAt(now));
  }
}
