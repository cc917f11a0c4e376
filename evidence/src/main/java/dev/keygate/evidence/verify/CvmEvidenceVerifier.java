package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.snp.SnpReport;
import java.time.Instant;

/**
 * Believes the evidence of a confidential virtual machine on SNP or says which check fails. Each
 * link is believed because of the one before it:
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
    VtpmRules.require(evidence, expectations, checks);
    return new VerifiedEvidence(evidence, hardware, checks.passed());
  }

  private static SnpReport reportOf(HclReport hcl) throws EvidenceVerificationException {
    return hcl.snpReport()
        .orElseThrow(
            () ->
                CheckList.failed(
                    Check.HARDWARE_REPORT_TYPE, "an SNP report", hcl.type().toString()));
  }
}
