package dev.keygate.evidence.verify;

import dev.keygate.evidence.tdx.TdReport;
import java.util.Set;

/**
 * A TD report whose own hashes hold. Nothing else can build one, and it proves little: anybody can
 * write a report whose hashes hold. Its MAC was not checked, because only the processor that made
 * it can; neither was anything compared with an expectation. Believe a {@link VerifiedTdQuote}.
 */
public final class SelfConsistentTdReport {

  private final TdReport report;
  private final Set<Check> checks;

  private SelfConsistentTdReport(TdReport report, Set<Check> checks) {
    this.report = report;
    this.checks = checks;
  }

  /**
   * Compares both hashes: SHA-384 of TEE_TCB_INFO with TEE_TCB_INFO_HASH, and SHA-384 of TDINFO
   * with TEE_INFO_HASH.
   */
  public static SelfConsistentTdReport verifyHashesButNotMac(TdReport report)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    TdReportRule.requireHashes(report, checks);
    return new SelfConsistentTdReport(report, checks.passed());
  }

  /** The report. */
  public TdReport report() {
    return report;
  }

  /** The checks that were made. */
  public Set<Check> checks() {
    return checks;
  }
}
