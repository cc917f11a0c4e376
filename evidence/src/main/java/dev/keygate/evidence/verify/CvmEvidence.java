package dev.keygate.evidence.verify;

import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.SignedAttest;

/**
 * What an Azure confidential virtual machine says of itself, parsed and not believed. Complete
 * where the hardware is SNP; on TDX a {@link TdxCvmEvidence} adds the quote of its TD report.
 *
 * @param hcl the report of its paravisor, with the hardware report inside
 * @param attestationKey the public area of the vTPM's attestation key
 * @param quote the vTPM's statement about its PCRs, as signed
 * @param pcrs the values of exactly the quoted PCRs, read beside the quote
 */
public record CvmEvidence(
    HclReport hcl, TpmPublic attestationKey, SignedAttest quote, PcrValues pcrs)
    implements Evidence {}
