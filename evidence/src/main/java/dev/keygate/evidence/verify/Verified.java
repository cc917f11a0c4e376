package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PinnedRoot;
import java.util.Set;

/** What {@link EvidenceVerifier} believed. Only verification can build one. */
public sealed interface Verified
    permits VerifiedSnpReport, VerifiedEvidence, VerifiedTdQuote, VerifiedTdxCvm {

  /** The pinned root for whose sake it is believed. */
  PinnedRoot root();

  /** Every check that was made; a waived one is not among them. */
  Set<Check> checks();
}
