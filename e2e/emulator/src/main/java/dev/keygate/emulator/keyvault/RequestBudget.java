package dev.keygate.emulator.keyvault;

import dev.keygate.emulator.keyvault.key.KeyType;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.site.VaultSettings.Throttling;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many keys may be made and released: both together so many in any 10 seconds of the lab's
 * clock. Nothing else is limited. Safe for use by several threads.
 */
final class RequestBudget {

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final Throttling throttling;
  private final TimeSource time;
  private final Map<Bucket, Deque<Instant>> taken = new EnumMap<>(Bucket.class);

  /** What is counted together. */
  enum Bucket {
    HSM_KEYS(10),
    SOFTWARE_KEYS(20);

    private final int limit;

    Bucket(int limit) {
      this.limit = limit;
    }

    static Bucket of(KeyType type) {
      return type.isHsm() ? HSM_KEYS : SOFTWARE_KEYS;
    }
  }

  /** No limit is documented for a Managed HSM. */
  RequestBudget(VaultSite site, TimeSource time) {
    this.throttling = site.isManagedHsm() ? Throttling.UNLIMITED : site.settings().throttling();
    this.time = time;
  }

  boolean isLimited() {
    return throttling != Throttling.UNLIMITED;
  }

  /** Counts a request; one of no bucket is free. */
  synchronized void take(Optional<Bucket> of) throws VaultRefusedException {
    if (of.isEmpty()) {
      return;
    }
    Bucket bucket = of.get();
    Instant now = time.now();
    Deque<Instant> window = taken.computeIfAbsent(bucket, any -> new ArrayDeque<>());
    window.removeIf(at -> !at.plus(WINDOW).isAfter(now));
    boolean isFree = window.size() < bucket.limit;
    if (isFree || throttling == Throttling.REFUSED_REQUESTS_COUNT) {
      window.addLast(now);
    }
    // The newest of those that count are all that can matter later.
    while (window.size() > bucket.limit) {
      window.removeFirst();
    }
    if (!isFree) {
      throw VaultRefusals.throttled(
          throttling == Throttling.REFUSED_REQUESTS_ARE_FREE
              ? OptionalInt.of(secondsUntilFree(window, now))
              : OptionalInt.empty());
    }
  }

  private static int secondsUntilFree(Deque<Instant> window, Instant now) {
    Duration wait = Duration.between(now, window.getFirst().plus(WINDOW));
    return (int) wait.plusMillis(999).toSeconds();
  }
}
