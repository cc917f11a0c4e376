package dev.keygate.evidence.tpm.attest;

import dev.keygate.evidence.bytes.Bytes;

/**
 * A statement and its signature as a TPM returns them, not yet verified.
 *
 * @param attest the TPMS_ATTEST exactly as signed
 * @param signature the signature over those bytes
 */
public record SignedAttest(Bytes attest, RsassaSignature signature) {}
