package dev.keygate.emulator.keyvault.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.SkrError;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.emulator.keyvault.request.VaultRoute;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.time.TimeSource;
import java.util.Optional;

/** Changes, deletes and recovers keys. */
public final class KeyChanges {

  private final VaultSite site;
  private final KeyCatalog catalog;
  private final TimeSource time;

  /** Changes this catalog's keys. */
  public KeyChanges(VaultSite site, KeyCatalog catalog, TimeSource time) {
    this.site = site;
    this.catalog = catalog;
    this.time = time;
  }

  /** A key that is there and not deleted. */
  public VaultKey live(String name) throws VaultRefusedException {
    return catalog
        .find(name)
        .filter(key -> key.deletedAt().isEmpty())
        .orElseThrow(() -> VaultRefusals.keyNotFound(name));
  }

  /** A version of such a key. */
  public static KeyVersion version(VaultKey key, String version) throws VaultRefusedException {
    return key.version(version)
        .orElseThrow(() -> VaultRefusals.keyNotFound(key.name() + "/" + version));
  }

  /** The key with a changed version, or another policy. */
  public VaultKey update(VaultRoute route, KeyBody body) throws VaultRefusedException {
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
        changed = changed.with(PolicyCarrier.read(carrier.get(), site.settings().operators()));
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

  /** The key, soft-deleted. */
  public VaultKey delete(String name) throws VaultRefusedException {
    synchronized (catalog) {
      VaultKey deleted = live(name).deleted(Optional.of(time.now().getEpochSecond()));
      catalog.put(deleted);
      return deleted;
    }
  }

  /** A key that is soft-deleted. */
  public VaultKey deleted(String name) throws VaultRefusedException {
    return catalog
        .find(name)
        .filter(key -> key.deletedAt().isPresent())
        .orElseThrow(() -> VaultRefusals.keyNotFound(name));
  }

  /** The key, no longer deleted. */
  public VaultKey recover(String name) throws VaultRefusedException {
    synchronized (catalog) {
      VaultKey recovered = deleted(name).deleted(Optional.empty());
      catalog.put(recovered);
      return recovered;
    }
  }

  /** Forgets a deleted key for good. */
  public void purge(String name) throws VaultRefusedException {
    synchronized (catalog) {
      catalog.remove(deleted(name).name());
    }
  }
}
