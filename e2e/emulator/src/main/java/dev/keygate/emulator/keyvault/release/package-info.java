/**
 * Secure Key Release as the vault does it: verifying the attestation token, choosing the key of the
 * environment, wrapping, and the signed envelope. The evaluation of the policy itself is the
 * grammar's own, shared with the product.
 */
@NullMarked
package dev.keygate.emulator.keyvault.release;

import org.jspecify.annotations.NullMarked;
