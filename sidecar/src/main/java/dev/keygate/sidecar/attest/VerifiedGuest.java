package dev.keygate.sidecar.attest;

import dev.keygate.evidence.verify.VerifiedCertifiedKey;
import dev.keygate.evidence.verify.VerifiedEvidence;

/**
 * What this machine could prove to itself.
 *
 * @param evidence the machine
 * @param transferKey the key that its TPM made for this attestation
 */
record VerifiedGuest(VerifiedEvidence evidence, VerifiedCertifiedKey transferKey) {}
