package dev.keygate.emulator.keyvault;

import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyGeneration;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Makes a new version like the current one. Exportability and policy belong to the name and stay;
 * operations and tags are taken over, a validity period is not: it was the earlier version's. That
 * a disabled key is not rotated is the stricter reading.
 */
final class KeyRotation {

  private final KeyCatalog catalog;
  private final KeyChanges changes;
  private final KeyGeneration generation;
  private final SecureRandom random;
  private final TimeSource time;

  KeyRotation(KeyCatalog catalog, KeyChanges changes, SecureRandom random, TimeSource time) {
    this.catalog = catalog;
    this.changes = changes;
    this.generation = new KeyGeneration(random);
    this.random = random;
    this.time = time;
  }

  VaultKey rotate(String name) throws VaultRefusedException {
    // The slow part first, and the name looked up again after it.
    KeyVersion made = like(changes.live(name).current());
    synchronized (catalog) {
      VaultKey key = changes.live(name);
      VaultKey rotated = key.plus(made, key.policy());
      catalog.put(rotated);
      return rotated;
    }
  }

  private KeyVersion like(KeyVersion earlier) throws VaultRefusedException {
    if (!earlier.attributes().enabled()) {
      throw VaultRefusals.keyDisabled("rotate");
    }
    long now = time.now().getEpochSecond();
    byte[] id = new byte[16];
    random.nextBytes(id);
    return new KeyVersion(
        Base64Text.hex(id),
        earlier.type(),
        generation.like(earlier),
        earlier.operations(),
        new KeyAttributes(true, Optional.empty(), Optional.empty(), now, now),
        earlier.tags());
  }
}
