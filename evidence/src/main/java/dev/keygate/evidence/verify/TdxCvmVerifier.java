package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.tdx.TdReport;
import java.time.Instant;
import java.util.Optional;

/**
 * Believes the evidence of a confidential virtual machine on TDX or says which check fails. Each
 * link is believed because of the one before it:
 *
 * <pre>
 *   pinned root → PCK chain → TD quote ┬→ runtime claims → attestation key → quote → PCR values
 *                                      └→ TD report
 * </pre>
 *
 * The claims hang on the quote, not on the TD report beside them, which anybody could have written;
 * that both say the same only shows that nothing was mixed up. Safe for use by several threads.
 */
public final class TdxCvmVerifier {

  private final TdQuoteVerifier quoteVerifier;

  /** A verifier that believes these roots and no others. */
  public TdxCvmVerifier(PinnedRoots roots) {
    this.quoteVerifier = new TdQuoteVerifier(roots);
  }

  /**
   * Verifies the evidence as of {@code now}.
   *
   * @param lists what can revoke the chain in the quote, if it is at hand
   */
  public VerifiedTdxCvm verify(
      TdxCvmEvidence evidence,
      Optional<PckRevocationLists> lists,
      CvmExpectations expectations,
      Instant now)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    HclReport hcl = evidence.machine().hcl();
    TdReport report = reportOf(hcl);
    checks.passed(Check.HARDWARE_REPORT_TYPE);
    VerifiedTdQuote hardware =
        quoteVerifier.verify(evidence.tdQuote(), lists, expectations.td(), now);
    checks.passed(hardware.checks());
    TdReportRule.requireHashes(report, checks);
    TdReportRule.requireQuoted(report, hardware.body(), checks);
    checks.requireEqual(Check.HCL_BINDING, hcl.expectedReportData(), hardware.body().reportData());
    VtpmRules.require(evidence.machine(), expectations, checks);
    return new VerifiedTdxCvm(evidence, hardware, checks.passed());
  }

  private static TdReport reportOf(HclReport hcl) throws EvidenceVerificationException {
    return hcl.tdReport()
        .orElseThrow(
            () ->
                CheckList.failed(Check.HARDWARE_REPORT_TYPE, "a TD report", hcl.type().toString()));
  }
}
