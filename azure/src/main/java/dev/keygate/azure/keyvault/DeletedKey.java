package dev.keygate.azure.keyvault;

import dev.keygate.endpoint.KeyIdentifier;
import java.time.Instant;
import java.util.Optional;

/**
 * A soft-deleted key: its name is taken until it is recovered or purged.
 *
 * @param id its base identifier
 * @param deletedAt when it was deleted
 * @param purgedAt when the vault will forget it
 */
public record DeletedKey(
    KeyIdentifier id, Optional<Instant> deletedAt, Optional<Instant> purgedAt) {}
