package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.snp.SnpReport;
import java.util.Set;

/** A report that {@link SnpReportVerifier} believed. Nothing else can build one. */
public final class VerifiedSnpReport implements Verified {

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

  @Override
  public PinnedRoot root() {
    return chain.root();
  }

  @Override
  public Set<Check> checks() {
    return checks;
  }
}
