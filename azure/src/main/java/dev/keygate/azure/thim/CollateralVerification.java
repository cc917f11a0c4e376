package dev.keygate.azure.thim;

import dev.keygate.evidence.endorsement.KeyExtensions;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.verify.ChainVerifier;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.VerifiedChain;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Instant;

/** Believes collateral only if it leads to a pinned root and endorses the platform. */
final class CollateralVerification {

  private final ChainVerifier verifier;

  CollateralVerification(PinnedRoots roots) {
    this.verifier = new ChainVerifier(roots);
  }

  /** THIM serves no revocation list; AMD's own service does, and then it counts. */
  VerifiedChain verify(AmdCertification served, AmdPlatform platform, Instant now)
      throws FailureException {
    VerifiedChain chain = verify(served, now);
    if (!chain.key().tcb().equals(platform.reportedTcb())) {
      throw new UnavailableException(
          Reason.CollateralStale,
          "the endorsement is for TCB "
              + chain.key().tcb().hex()
              + ", the report is of TCB "
              + platform.reportedTcb().hex());
    }
    boolean sameChip =
        switch (chain.key()) {
          case KeyExtensions.Vcek vcek -> vcek.expectedChipId().equals(platform.chipId());
          // Nobody asked for a provider's key: it would not say which chip it is.
          case KeyExtensions.Vlek vlek -> false;
        };
    if (!sameChip) {
      throw new RefusedException(
          Reason.CollateralMalformed, "the endorsement is not that of this machine's chip");
    }
    return chain;
  }

  private VerifiedChain verify(AmdCertification served, Instant now) throws RefusedException {
    try {
      return verifier.verifyAcceptingMissingRevocationLists(served.chain(), now);
    } catch (EvidenceVerificationException failed) {
      throw new RefusedException(
          Reason.CollateralMalformed,
          "the endorsement is not believed: " + failed.getMessage(),
          failed);
    }
  }
}
