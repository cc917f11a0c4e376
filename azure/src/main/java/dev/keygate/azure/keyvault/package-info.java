/**
 * Keys of Key Vault and Managed HSM as their owner manages them: created, read, changed, recovered,
 * and what the vault's errors mean. Never a release: nothing here can obtain key material.
 */
@NullMarked
package dev.keygate.azure.keyvault;

import org.jspecify.annotations.NullMarked;
