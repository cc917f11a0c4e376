/**
 * A Key Vault or a Managed HSM as its callers see it: token validation, challenge, order of checks,
 * request budget, answers and headers, and the record of each release. What the operations do is in
 * the packages below.
 */
@NullMarked
package dev.keygate.emulator.keyvault;

import org.jspecify.annotations.NullMarked;
