package dev.keygate.emulator.keyvault.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyText;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.emulator.keyvault.site.VaultSite;
import java.util.Optional;

/**
 * Sealed copies of keys with all their versions. A vault's open in every vault of the same tenant
 * and region, a Managed HSM's in itself alone: no other has its security domain.
 */
public final class KeyBackup {

  private final KeyCatalog catalog;
  private final BackupSeal seal;
  private final String scope;

  /** Copies of this catalog's keys. */
  public KeyBackup(VaultSite site, KeyCatalog catalog, BackupSeal seal) {
    this.catalog = catalog;
    this.seal = seal;
    this.scope =
        switch (site.kind()) {
          case VAULT -> "vault " + site.tenantId() + " " + site.location();
          case MANAGED_HSM -> "managed hsm " + site.host().hostName();
        };
  }

  /** A copy of a key. */
  public ObjectNode backup(VaultKey key) {
    return Json.object().put("value", seal.seal(KeyText.write(key).toString(), scope));
  }

  /** The key that a copy holds, put back under its name. */
  public VaultKey restore(KeyBody body) throws VaultRefusedException {
    VaultKey restored = open(Json.text(body.json(), "value").orElse(""));
    synchronized (catalog) {
      Optional<VaultKey> existing = catalog.find(restored.name());
      if (existing.isPresent() && existing.get().deletedAt().isPresent()) {
        throw VaultRefusals.deletedButRecoverable(restored.name());
      }
      if (existing.isPresent()) {
        throw VaultRefusals.nameIsTaken(restored.name());
      }
      catalog.put(restored);
      return restored;
    }
  }

  private VaultKey open(String value) throws VaultRefusedException {
    try {
      return KeyText.read(Json.parseObject(seal.open(value, scope)));
    } catch (MalformedTextException e) {
      throw VaultRefusals.badParameter("Backup blob could not be restored.");
    }
  }
}
