package dev.keygate.sidecar.keyvault;

import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.sidecar.nonce.Nonce;
import dev.keygate.sidecar.unwrap.KeyEncryption;

/**
 * What is asked of a vault, and so what its answer must echo.
 *
 * @param key the key; its current version if the identifier has none
 * @param encryption how the key is to be wrapped
 * @param nonce used for this request alone
 */
public record ReleaseRequest(KeyIdentifier key, KeyEncryption encryption, Nonce nonce) {}
