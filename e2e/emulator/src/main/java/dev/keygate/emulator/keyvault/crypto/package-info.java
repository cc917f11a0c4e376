/**
 * What a vault's keys do without leaving it: encrypt, decrypt, sign, verify, wrap, unwrap. Knows
 * nothing of callers, permissions and routes; BouncyCastle's engines do the arithmetic, so that all
 * curves and raw digests are treated alike.
 */
@NullMarked
package dev.keygate.emulator.keyvault.crypto;

import org.jspecify.annotations.NullMarked;
