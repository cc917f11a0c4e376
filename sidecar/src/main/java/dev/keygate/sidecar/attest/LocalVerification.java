package dev.keygate.sidecar.attest;

import dev.keygate.azure.thim.AmdCertification;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.verify.CertifiedKeyVerifier;
import dev.keygate.evidence.verify.Check;
import dev.keygate.evidence.verify.CvmEvidence;
import dev.keygate.evidence.verify.CvmEvidenceVerifier;
import dev.keygate.evidence.verify.CvmExpectations;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.VerifiedCertifiedKey;
import dev.keygate.evidence.verify.VerifiedEvidence;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Instant;

/**
 * Verifies this machine's own evidence, so that a broken platform is named here and does not come
 * back as somebody else's refusal. Nothing has been sent to an authority before.
 */
final class LocalVerification {

  /** Our quotes carry no qualifying data: the token's freshness comes from the client payload. */
  private static final CvmExpectations EXPECTATIONS =
      CvmExpectations.strict(Bytes.EMPTY, PcrSelection.FIRMWARE).acceptMissingRevocationLists();

  private final CvmEvidenceVerifier verifier;

  LocalVerification(PinnedRoots roots) {
    this.verifier = new CvmEvidenceVerifier(roots);
  }

  VerifiedGuest verify(GuestEvidence guest, AmdCertification collateral, Instant now)
      throws FailureException {
    CvmEvidence evidence = guest.evidence();
    try {
      VerifiedEvidence verified = verifier.verify(evidence, collateral.chain(), EXPECTATIONS, now);
      VerifiedCertifiedKey transferKey =
          CertifiedKeyVerifier.verify(
              guest.transferKey().area(),
              guest.transferKey().certification(),
              evidence.attestationKey(),
              verified.pcrs());
      return new VerifiedGuest(verified, transferKey);
    } catch (EvidenceVerificationException failed) {
      throw failure(failed);
    }
  }

  /** What a check that failed means for whoever runs this machine. */
  static FailureException failure(EvidenceVerificationException failed) {
    String found = String.valueOf(failed.getMessage());
    if (failed.check() == Check.DEBUG_DISABLED) {
      return new RefusedException(
          Reason.DebugAllowed,
          "This machine was launched so that its host can debug it and read its memory; no key is"
              + " asked for. Recreate the VM without debugging ("
              + found
              + ").",
          failed);
    }
    if (failed.check() == Check.TCB_MATCHES_VCEK) {
      return new UnavailableException(
          Reason.CollateralStale,
          "The endorsement of this machine's chip is for another TCB than its report: "
              + found
              + "; it is tried again.");
    }
    return new RefusedException(
        Reason.EvidenceRejected,
        "This machine's evidence is not believed, so nothing was sent to an authority: "
            + found
            + ".",
        failed);
  }
}
