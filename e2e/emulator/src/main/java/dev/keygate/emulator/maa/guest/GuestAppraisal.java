package dev.keygate.emulator.maa.guest;

import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.eventlog.EventLog;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.verify.CertifiedKeyVerifier;
import dev.keygate.evidence.verify.CvmEvidenceVerifier;
import dev.keygate.evidence.verify.CvmExpectations;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.VerifiedCertifiedKey;
import dev.keygate.evidence.verify.VerifiedEvidence;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Appraises evidence, link by link:
 *
 * <pre>
 *   root → VCEK → SNP report → runtime claims → attestation key ┬→ quote → PCRs ← event log
 *                                                               └→ ephemeral key
 * </pre>
 *
 * A guest that its host may debug is not refused: its token says so, and the relying party decides.
 */
final class GuestAppraisal {

  private final CvmEvidenceVerifier verifier;
  private final Supplier<EventLogRule> eventLogRule;

  GuestAppraisal(PinnedRoots roots, Supplier<EventLogRule> eventLogRule) {
    this.verifier = new CvmEvidenceVerifier(roots);
    this.eventLogRule = eventLogRule;
  }

  AppraisedGuest appraise(GuestEvidence evidence, Instant now) throws AppraisalRefusedException {
    try {
      VerifiedEvidence verified = verify(evidence, now);
      requireCertifiedAttestationKey(evidence);
      Optional<EventLog> log = replayed(evidence.eventLog(), verified.pcrs());
      VerifiedCertifiedKey ephemeral =
          CertifiedKeyVerifier.verify(
              evidence.ephemeralKey(),
              evidence.ephemeralKeyCertification(),
              evidence.cvm().attestationKey(),
              verified.pcrs());
      return new AppraisedGuest(evidence.guest(), verified, ephemeral, log);
    } catch (EvidenceVerificationException e) {
      throw AppraisalRefusedException.of(e);
    }
  }

  private VerifiedEvidence verify(GuestEvidence evidence, Instant now)
      throws AppraisalRefusedException, EvidenceVerificationException {
    PcrSelection quoted = evidence.cvm().pcrs().selection();
    if (!PcrSelection.FIRMWARE.without(quoted).isEmpty()) {
      throw new AppraisalRefusedException("QUOTE_PCR_SELECTION", "PCRs 0 to 7 are expected");
    }
    CvmExpectations expectations =
        CvmExpectations.strict(Bytes.EMPTY, quoted)
            .acceptMissingRevocationLists()
            .acceptAnyQuoteNonce()
            .allowDebug()
            .allowMigration();
    return verifier.verify(evidence.cvm(), evidence.endorsement(), expectations, now);
  }

  private static void requireCertifiedAttestationKey(GuestEvidence evidence)
      throws AppraisalRefusedException {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(evidence.attestationKeyCertificate().toArray()));
      RSAPublicKey key = evidence.cvm().attestationKey().rsaPublicKey();
      if (!(certificate.getPublicKey() instanceof RSAPublicKey certified)
          || !certified.getModulus().equals(key.getModulus())
          || !certified.getPublicExponent().equals(key.getPublicExponent())) {
        throw new AppraisalRefusedException(
            "AK_CERTIFICATE", "expected the key of AikPub in AikCert, found another");
      }
    } catch (CertificateException e) {
      throw new AppraisalRefusedException("AK_CERTIFICATE", "AikCert is no certificate");
    } catch (EvidenceFormatException e) {
      throw new AppraisalRefusedException("AK_CERTIFICATE", "AikPub is no RSA key");
    }
  }

  private Optional<EventLog> replayed(Bytes bytes, PcrValues pcrs)
      throws AppraisalRefusedException {
    if (bytes.isEmpty()) {
      if (eventLogRule.get() == EventLogRule.OPTIONAL) {
        return Optional.empty();
      }
      throw new AppraisalRefusedException("EVENT_LOG", "expected a boot event log, found none");
    }
    try {
      EventLog log = EventLog.parse(bytes);
      PcrSelection differences = log.differencesFrom(pcrs);
      if (!differences.isEmpty()) {
        throw new AppraisalRefusedException(
            "EVENT_LOG", "the log does not lead to the quoted PCRs " + differences);
      }
      return Optional.of(log);
    } catch (EvidenceFormatException e) {
      throw new AppraisalRefusedException("EVENT_LOG", String.valueOf(e.getMessage()));
    }
  }
}
