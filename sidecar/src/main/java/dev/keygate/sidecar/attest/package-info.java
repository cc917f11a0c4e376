/**
 * From the device to a verified attestation token: evidence and collateral, their verification on
 * the spot, the authority, the sealed answer, the token. Knows no key and no vault.
 */
@NullMarked
package dev.keygate.sidecar.attest;

import org.jspecify.annotations.NullMarked;
