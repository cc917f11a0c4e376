/**
 * Azure Attestation (MAA) as a client and as a relying party: sends the evidence of a guest, reads
 * the sealed answer, and turns the attestation token into a {@code VerifiedToken}, which nothing
 * but its verifier makes. Knows nothing of how evidence is collected or how the sealed answer's key
 * is recovered.
 */
@NullMarked
package dev.keygate.azure.attestation;

import org.jspecify.annotations.NullMarked;
