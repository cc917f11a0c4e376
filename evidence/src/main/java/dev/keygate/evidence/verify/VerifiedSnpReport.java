package dev.keygate.evidence.verify;

import dev.keygate.evidence.snp.SnpReport;
import java.util.Set;

/** A report that {@link SnpReportVerifier} believed. Nothing else can build one. */
public final class VerifiedSnpReport {

  private final SnpReport report;
  private final VerifiedChain chain;
  private final Set<Check> checks;

  VerifiedSnpReport(SnpReport report, VerifiedChain chain, Set<Check> checks) {
    this.report = report;
    this.chain = chain;
    this.checks = checks;
  }

  /** The report. */
  public SnpReport report() {
    return report;
  }

  /** Who endorses it. */
  public VerifiedChain chain() {
    return chain;
  }

  /** The checks that were made, those of the chain included. */
  public Set<Check> checks() {
    return checks;
  }
}
