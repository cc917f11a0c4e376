package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.RevocationList;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * Issues the root's revocation list with a defect.
 *
 * @param ark the root
 * @param ask the signing key below it
 * @param defect what goes wrong, or is said
 */
record AmdRevocationDraft(
    SoftwareAuthority ark, SoftwareAuthority ask, AmdRevocationDefect defect) {

  /** The serial numbers that {@link CertificateDraft} gives. */
  private static final BigInteger ASVK_SERIAL = BigInteger.valueOf(CertificateDraft.ASVK_SERIAL);

  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration TEN_YEARS = Duration.ofDays(3650);

  RevocationList issue() {
    X509Certificate root = ark.certificate();
    Instant from = root.getNotBefore().toInstant();
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            X500Name.getInstance(issuer().getSubjectX500Principal().getEncoded()),
            Date.from(defect == AmdRevocationDefect.NOT_YET_VALID ? from.plus(TEN_YEARS) : from));
    switch (defect) {
      case WITHOUT_NEXT_UPDATE -> {}
      case EXPIRED -> builder.setNextUpdate(Date.from(from.plus(A_DAY)));
      default -> builder.setNextUpdate(root.getNotAfter());
    }
    revoked()
        .ifPresent(serial -> builder.addCRLEntry(serial, Date.from(from), CRLReason.keyCompromise));
    return sign(builder);
  }

  private RevocationList sign(X509v2CRLBuilder builder) {
    ContentSigner signer =
        switch (defect) {
          case SIGNED_BY_ASK, OTHER_ISSUER_NAME -> PssContentSigner.sha384(ask.key());
          case SIGNED_WITH_SHA256 -> PssContentSigner.sha256(ark.key());
          default -> PssContentSigner.sha384(ark.key());
        };
    try {
      if (defect == AmdRevocationDefect.PARTIAL) {
        builder.addExtension(Extension.deltaCRLIndicator, true, new ASN1Integer(1));
      }
      return RevocationList.parse(Bytes.copyOf(builder.build(signer).getEncoded()));
    } catch (IOException | EvidenceFormatException malformed) {
      throw new IllegalStateException("a list of the software platform", malformed);
    }
  }

  private X509Certificate issuer() {
    return defect == AmdRevocationDefect.OTHER_ISSUER_NAME ? ask.certificate() : ark.certificate();
  }

  private Optional<BigInteger> revoked() {
    return switch (defect) {
      case ASK_REVOKED -> Optional.of(ask.certificate().getSerialNumber());
      case ASVK_REVOKED -> Optional.of(ASVK_SERIAL);
      case ROOT_REVOKED -> Optional.of(ark.certificate().getSerialNumber());
      default -> Optional.empty();
    };
  }
}
