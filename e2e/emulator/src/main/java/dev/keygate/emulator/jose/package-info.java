/**
 * Compact JSON Web Signatures with RS256 and nothing else: made for the lab's tokens and envelopes,
 * verified against a key set. Knows no claim.
 */
@NullMarked
package dev.keygate.emulator.jose;

import org.jspecify.annotations.NullMarked;
