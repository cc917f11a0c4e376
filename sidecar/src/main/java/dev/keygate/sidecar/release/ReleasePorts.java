package dev.keygate.sidecar.release;

import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.sidecar.attest.Attester;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.keyvault.KeyReleaseClient;

/**
 * What a release needs of the world.
 *
 * @param attester proves what this guest is
 * @param vaults ask for the release
 * @param vaultTokens fetched while the attestation is under way, so that the release finds them
 * @param sink takes the keys
 */
public record ReleasePorts(
    Attester attester, KeyReleaseClient vaults, BearerTokenSource vaultTokens, KeySink sink) {}
