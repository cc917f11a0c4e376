package dev.keygate.azure.keyvault;

import dev.keygate.endpoint.KeyIdentifier;
import java.time.Instant;

/**
 * A line of a key's list of versions.
 *
 * @param id with version
 * @param enabled whether it may be used
 * @param created when it was made
 */
public record VaultKeyVersion(KeyIdentifier id, boolean enabled, Instant created) {}
