package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.SkrError;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.time.TimeSource;
import java.util.Optional;

/** Changes, deletes and recovers keys. */
final class KeyChanges {

  private final KeyCatalog catalog;
  private final TimeSource time;

  KeyChanges(KeyCatalog catalog, TimeSource time) {
    this.catalog = catalog;
    this.time = time;
  }

  /** A key that is there and not deleted. */
  VaultKey live(String name) throws VaultRefusedException {
    return catalog
        .find(name)
        .filter(key -> key.deletedAt().isEmpty())
        .orElseThrow(() -> VaultRefusals.keyNotFound(name));
  }

  /** A version of such a key. */
  static KeyVersion version(VaultKey key, String version) throws VaultRefusedException {
    return key.version(version)
        .orElseThrow(() -> VaultRefusals.keyNotFound(key.name() + "/" + version));
  }

  VaultKey update(VaultRoute route, KeyBody body) throws VaultRefusedException {
    synchronized (catalog) {
      VaultKey key = live(route.name());
      KeyVersion version = version(key, route.version());
      if (body.exportable().orElse(key.exportable()) != key.exportable()) {
        throw SkrError.EXPORTABLE_FIXED.refusal();
      }
      VaultKey changed = key.with(changed(version, body));
      Optional<JsonNode> carrier = body.releasePolicy();
      if (carrier.isPresent()) {
        if (!route.version().isEmpty()) {
          throw SkrError.VERSIONLESS_ONLY.refusal();
        }
        PolicyChange.require(key);
        changed = changed.with(PolicyCarrier.read(carrier.get()));
      }
      catalog.put(changed);
      return changed;
    }
  }

  private KeyVersion changed(KeyVersion version, KeyBody body) throws VaultRefusedException {
    KeyAttributes old = version.attributes();
    return new KeyVersion(
        version.id(),
        version.type(),
        version.material(),
        body.operations().orElse(version.operations()),
        new KeyAttributes(
            body.enabled().orElse(old.enabled()),
            body.seconds("nbf").or(old::notBefore),
            body.seconds("exp").or(old::expires),
            old.created(),
            time.now().getEpochSecond()),
        body.tags().orElse(version.tags()));
  }

  VaultKey delete(String name) throws VaultRefusedException {
    synchronized (catalog) {
      VaultKey deleted = live(name).deleted(Optional.of(time.now().getEpochSecond()));
      catalog.put(deleted);
      return deleted;
    }
  }

  VaultKey deleted(String name) throws VaultRefusedException {
    return catalog
        .find(name)
        .filter(key -> key.deletedAt().isPresent())
        .orElseThrow(() -> VaultRefusals.keyNotFound(name));
  }

  VaultKey recover(String name) throws VaultRefusedException {
    synchronized (catalog) {
      VaultKey recovered = deleted(name).deleted(Optional.empty());
      catalog.put(recovered);
      return recovered;
    }
  }

  void purge(String name) throws VaultRefusedException {
    synchronized (catalog) {
      catalog.remove(deleted(name).name());
    }
  }
}
