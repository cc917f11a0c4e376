package dev.keygate.emulator.keyvault.access;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who may do what in one vault, by object id; nobody by default. Safe for use by threads. */
public final class Permissions {

  private final Map<UUID, List<Assignment>> byObjectId = new HashMap<>();
  private final TimeSource time;
  private final Duration propagation;

  /** What holds from a time on, until the next one of the same principal does. */
  private record Assignment(Instant from, Set<KeyPermission> permissions) {}

  /**
   * @param propagation how long an assignment takes to have effect
   */
  public Permissions(TimeSource time, Duration propagation) {
    this.time = time;
    this.propagation = propagation;
  }

  /** Replaces what a principal may do, as if it had been so for long. */
  public synchronized void establish(UUID objectId, Set<KeyPermission> permissions) {
    byObjectId.put(objectId, List.of(new Assignment(Instant.MIN, Set.copyOf(permissions))));
  }

  /** Replaces what a principal may do, after the time that changes take. */
  public synchronized void assign(UUID objectId, Set<KeyPermission> permissions) {
    Instant from = time.now().plus(propagation);
    List<Assignment> all = new ArrayList<>(byObjectId.getOrDefault(objectId, List.of()));
    // Nobody turns the clock back by more than a delay: what was replaced long ago is forgotten.
    while (all.size() > 1 && all.get(1).from().plus(propagation).isBefore(time.now())) {
      all.removeFirst();
    }
    all.add(new Assignment(from, Set.copyOf(permissions)));
    byObjectId.put(objectId, all);
  }

  synchronized boolean allows(UUID objectId, KeyPermission permission) {
    Instant now = time.now();
    return byObjectId.getOrDefault(objectId, List.of()).reversed().stream()
        .filter(assignment -> !assignment.from().isAfter(now))
        .findFirst()
        .filter(assignment -> assignment.permissions().contains(permission))
        .isPresent();
  }
}
