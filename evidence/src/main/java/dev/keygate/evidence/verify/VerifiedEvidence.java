package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.hcl.RuntimeClaims;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.Set;

/** Evidence that {@link CvmEvidenceVerifier} believed. Nothing else can build one. */
public final class VerifiedEvidence implements Verified {

  private final CvmEvidence evidence;
  private final VerifiedSnpReport hardware;
  private final Set<Check> checks;

  VerifiedEvidence(CvmEvidence evidence, VerifiedSnpReport hardware, Set<Check> checks) {
    this.evidence = evidence;
    this.hardware = hardware;
    this.checks = checks;
  }

  /** The evidence as it was parsed. */
  public CvmEvidence evidence() {
    return evidence;
  }

  /** The hardware report. */
  public SnpReport report() {
    return hardware.report();
  }

  /** Who endorses the hardware, and under which root. */
  public VerifiedChain endorsement() {
    return hardware.chain();
  }

  /** What the paravisor claims of the machine. */
  public RuntimeClaims claims() {
    return evidence.hcl().claims();
  }

  /** The values of the quoted PCRs. */
  public PcrValues pcrs() {
    return evidence.pcrs();
  }

  @Override
  public PinnedRoot root() {
    return endorsement().root();
  }

  @Override
  public Set<Check> checks() {
    return checks;
  }
}
