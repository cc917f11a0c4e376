package dev.keygate.emulator.keyvault.change;

import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.LifetimeAction;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.time.TimeSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a vault does by itself: it purges deleted keys whose time is over and rotates keys that are
 * due. It is done before the next request is, so that nobody can tell that it was not done in time
 * but by the times in a rotated version.
 */
public final class Upkeep {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  // Of the year 9999; a caller can say that a key expires at any number of seconds.
  private static final long LAST_SECOND = 253_402_300_799L;

  private final KeyCatalog catalog;
  private final KeyChanges changes;
  private final KeyRotation rotation;
  private final TimeSource time;

  /** Upkeep of this catalog. */
  public Upkeep(KeyCatalog catalog, KeyChanges changes, KeyRotation rotation, TimeSource time) {
    this.catalog = catalog;
    this.changes = changes;
    this.rotation = rotation;
    this.time = time;
  }

  /** Does what is due; one caller at a time, so that nothing is done twice. */
  public synchronized void perform() {
    Instant now = time.now();
    for (VaultKey key : catalog.all()) {
      try {
        if (key.purgedAt().filter(at -> at <= now.getEpochSecond()).isPresent()) {
          changes.purge(key.name());
        } else if (isToRotate(key, now)) {
          rotation.rotate(key.name());
        }
      } catch (VaultRefusedException e) {
        // Somebody changed the key since the list was made; it is looked at again next time.
        LOG.atDebug().addKeyValue("check", e.check()).log("upkeep was too late for a key");
      }
    }
  }

  private static boolean isToRotate(VaultKey key, Instant now) {
    return key.deletedAt().isEmpty()
        && key.current().attributes().enabled()
        && key.rotation().stream()
            .flatMap(policy -> policy.actions().stream())
            .filter(action -> action.type() == LifetimeAction.Type.ROTATE)
            .flatMap(action -> due(action, key).stream())
            .anyMatch(at -> !at.isAfter(now));
  }

  private static Optional<Instant> due(LifetimeAction action, VaultKey key) {
    return switch (action.trigger()) {
      case TIME_AFTER_CREATE ->
          Optional.of(
              Instant.ofEpochSecond(key.current().attributes().created())
                  .atZone(ZoneOffset.UTC)
                  .plus(action.distance())
                  .toInstant());
      case TIME_BEFORE_EXPIRY ->
          key.current()
              .attributes()
              .expires()
              .filter(seconds -> seconds >= 0 && seconds <= LAST_SECOND)
              .map(
                  seconds ->
                      Instant.ofEpochSecond(seconds)
                          .atZone(ZoneOffset.UTC)
                          .minus(action.distance())
                          .toInstant());
    };
  }
}
