/**
 * What a TPM signs: quotes over PCRs and certifications of objects, and their verification under an
 * attestation key. A verified type can be built by its verifier alone. Whether the attestation key
 * itself deserves belief is decided elsewhere: the HCL report names it.
 */
@NullMarked
package dev.keygate.evidence.tpm.attest;

import org.jspecify.annotations.NullMarked;
