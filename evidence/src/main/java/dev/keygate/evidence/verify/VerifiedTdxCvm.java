package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.hcl.RuntimeClaims;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.Set;

/** A machine that {@link TdxCvmVerifier} believed. Nothing else can build one. */
public final class VerifiedTdxCvm implements Verified {

  private final TdxCvmEvidence evidence;
  private final VerifiedTdQuote hardware;
  private final Set<Check> checks;

  VerifiedTdxCvm(TdxCvmEvidence evidence, VerifiedTdQuote hardware, Set<Check> checks) {
    this.evidence = evidence;
    this.hardware = hardware;
    this.checks = checks;
  }

  /** The evidence as it was parsed. */
  public TdxCvmEvidence evidence() {
    return evidence;
  }

  /** The quote and who endorses it. */
  public VerifiedTdQuote hardware() {
    return hardware;
  }

  /** What the paravisor claims of the machine. */
  public RuntimeClaims claims() {
    return evidence.machine().hcl().claims();
  }

  /** The values of the quoted PCRs. */
  public PcrValues pcrs() {
    return evidence.machine().pcrs();
  }

  @Override
  public PinnedRoot root() {
    return hardware.root();
  }

  @Override
  public Set<Check> checks() {
    return checks;
  }
}
