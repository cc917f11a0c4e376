package dev.keygate.scenarios.sequences;

import dev.keygate.azure.keyvault.DeletedKey;
import dev.keygate.azure.keyvault.VaultKey;
import java.util.Map;
import java.util.Optional;

/**
 * What the vault has of a name.
 *
 * @param current the current version; empty if there is no key, or a deleted one
 * @param deleted the key if it is soft-deleted
 * @param versions how many there are of one that is not deleted
 */
record VaultRecord(Optional<VaultKey> current, Optional<DeletedKey> deleted, int versions) {

  /** Whether the name is taken. */
  boolean exists() {
    return current.isPresent() || deleted.isPresent();
  }

  /** The tags of the current version, of a deleted key too. */
  Map<String, String> tags() {
    return current
        .map(key -> key.properties().tags())
        .or(() -> deleted.map(DeletedKey::tags))
        .orElse(Map.of());
  }
}
