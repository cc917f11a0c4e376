/**
 * Azure Attestation: appraises the evidence of a confidential virtual machine, every link of it,
 * and issues signed, sealed tokens. Knows the wire format of guests, the checks, and the claims;
 * knows nothing of who will rely on a token.
 */
@NullMarked
package dev.keygate.emulator.maa;

import org.jspecify.annotations.NullMarked;
