package dev.keygate.azure.keyvault;

/**
 * An exportable key to be made by the vault, or a new version of one.
 *
 * @param shape of an HSM type: no other is exportable
 * @param properties its operations, lifetime and tags
 * @param releasePolicy under which it may be released
 */
public record KeyCreation(
    KeyShape shape, KeyProperties properties, VaultReleasePolicy releasePolicy) {}
