package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.hcl.RsaJwk;
import dev.keygate.evidence.hcl.RuntimeClaims;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import java.time.Instant;

/**
 * Believes the evidence of a confidential virtual machine or says which check fails. Each link is
 * believed because of the one before it:
 *
 * <pre>
 *   pinned root → chain → SNP report → runtime claims → attestation key → quote → PCR values
 * </pre>
 *
 * Replaying the event log to the PCRs, and what the PCRs mean, is left to the remote verifier. Safe
 * for use by several threads.
 */
public final class CvmEvidenceVerifier {

  private final SnpReportVerifier snpVerifier;

  /** A verifier that believes these roots and no others. */
  public CvmEvidenceVerifier(PinnedRoots roots) {
    this.snpVerifier = new SnpReportVerifier(roots);
  }

  /** Verifies the evidence and its endorsement as of {@code now}. */
  public VerifiedEvidence verify(
      CvmEvidence evidence, EndorsementChain endorsement, CvmExpectations expectations, Instant now)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    SnpReport report = reportOf(evidence.hcl());
    checks.passed(Check.HARDWARE_REPORT_TYPE);
    VerifiedSnpReport hardware = snpVerifier.verify(report, endorsement, expectations.snp(), now);
    checks.passed(hardware.checks());
    checks.requireEqual(
        Check.HCL_BINDING, report.reportData(), evidence.hcl().expectedReportData());
    requireAttestationKey(evidence, checks);
    QuoteAttest quote = QuoteSignature.verify(evidence);
    checks.passed(Check.QUOTE_SIGNATURE);
    requireQuote(evidence, quote, expectations, checks);
    return new VerifiedEvidence(evidence, hardware, checks.passed());
  }

  private static SnpReport reportOf(HclReport hcl) throws EvidenceVerificationException {
    return hcl.snpReport()
        .orElseThrow(
            () ->
                CheckList.failed(
                    Check.HARDWARE_REPORT_TYPE, "an SNP report", hcl.type().toString()));
  }

  private static void requireAttestationKey(CvmEvidence evidence, CheckList checks)
      throws EvidenceVerificationException {
    RsaJwk named =
        evidence
            .hcl()
            .claims()
            .attestationKey()
            .orElseThrow(
                () ->
                    CheckList.failed(
                        Check.AK_IS_HCL_AK_PUB,
                        "a key " + RuntimeClaims.ATTESTATION_KEY,
                        "no such key in the claims"));
    checks.requireEqual(
        Check.AK_IS_HCL_AK_PUB, named.modulus(), evidence.attestationKey().unique());
    checks.requireEqual(
        Check.AK_IS_HCL_AK_PUB,
        QuoteSignature.numberOf(named.exponent()),
        evidence.attestationKey().parameters().publicExponent());
  }

  private static void requireQuote(
      CvmEvidence evidence, QuoteAttest quote, CvmExpectations expectations, CheckList checks)
      throws EvidenceVerificationException {
    if (expectations.quoteNonce().isPresent()) {
      Bytes nonce = expectations.quoteNonce().get();
      checks.requireEqual(Check.QUOTE_NONCE, nonce, quote.header().extraData());
    }
    checks.requireEqual(Check.QUOTE_PCR_SELECTION, expectations.pcrs(), quote.selection());
    checks.requireEqual(Check.QUOTE_PCR_SELECTION, quote.selection(), evidence.pcrs().selection());
    checks.requireEqual(Check.QUOTE_PCR_DIGEST, quote.pcrDigest(), evidence.pcrs().digest());
  }
}
