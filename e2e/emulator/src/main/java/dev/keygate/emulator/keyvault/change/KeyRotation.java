package dev.keygate.emulator.keyvault.change;

import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyGeneration;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.RotationPolicy;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Makes a new version like the current one. Exportability and policy belong to the name and stay;
 * operations and tags are taken over; the rotation policy says when the new version expires. That a
 * disabled key is not rotated is the stricter reading.
 */
public final class KeyRotation {

  private final KeyCatalog catalog;
  private final KeyChanges changes;
  private final KeyGeneration generation;
  private final NewVersion fresh;
  private final TimeSource time;

  /** Rotates this catalog's keys. */
  public KeyRotation(KeyCatalog catalog, KeyChanges changes, SecureRandom random, TimeSource time) {
    this.catalog = catalog;
    this.changes = changes;
    this.generation = new KeyGeneration(random);
    this.fresh = new NewVersion(random, time);
    this.time = time;
  }

  /** The key with its new version. */
  public VaultKey rotate(String name) throws VaultRefusedException {
    // The slow part first, and the name looked up again after it.
    VaultKey before = changes.live(name);
    KeyVersion made = like(before.current(), expiry(before));
    synchronized (catalog) {
      VaultKey key = changes.live(name);
      VaultKey rotated = key.plus(made, key.policy());
      catalog.put(rotated);
      return rotated;
    }
  }

  private KeyVersion like(KeyVersion earlier, Optional<Long> expires) throws VaultRefusedException {
    if (!earlier.attributes().enabled()) {
      throw VaultRefusals.keyDisabled("rotate");
    }
    long now = time.now().getEpochSecond();
    return new KeyVersion(
        fresh.id(),
        earlier.type(),
        generation.like(earlier),
        earlier.operations(),
        new KeyAttributes(true, Optional.empty(), expires, now, now),
        earlier.tags());
  }

  private Optional<Long> expiry(VaultKey key) {
    ZonedDateTime now = time.now().atZone(ZoneOffset.UTC);
    return key.rotation()
        .flatMap(RotationPolicy::expiry)
        .map(period -> now.plus(period).toEpochSecond());
  }
}
