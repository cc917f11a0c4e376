/**
 * Asks a vault for the release of a key and verifies what it answers before anybody uses it. Knows
 * the wire of that one call; cannot unwrap, and knows nothing of attestation but the token.
 */
@NullMarked
package dev.keygate.sidecar.keyvault;

import org.jspecify.annotations.NullMarked;
