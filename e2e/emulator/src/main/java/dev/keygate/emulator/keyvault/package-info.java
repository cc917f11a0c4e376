/**
 * A Key Vault Premium vault: routes, challenge, token validation, permissions, and the life of keys
 * from create to purge. Knows what the vault refuses and in which order; the cryptography of
 * release is a package of its own.
 */
@NullMarked
package dev.keygate.emulator.keyvault;

import org.jspecify.annotations.NullMarked;
