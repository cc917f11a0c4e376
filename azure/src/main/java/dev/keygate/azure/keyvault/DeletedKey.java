package dev.keygate.azure.keyvault;

import dev.keygate.endpoint.KeyIdentifier;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A soft-deleted key: its name is taken until it is recovered or purged.
 *
 * @param id its base identifier
 * @param deletedAt when it was deleted
 * @param purgedAt when the vault will forget it
 * @param tags of its current version
 */
public record DeletedKey(
    KeyIdentifier id,
    Optional<Instant> deletedAt,
    Optional<Instant> purgedAt,
    Map<String, String> tags) {

  /** Copies the tags. */
  public DeletedKey {
    tags = Map.copyOf(tags);
  }
}
