package dev.keygate.sidecar.device;

import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.attest.SignedAttest;

/**
 * PCR values and a quote over them, read so that they belong together; the signature is not
 * verified here.
 */
public record QuotedPcrs(PcrValues values, SignedAttest quote) {}
