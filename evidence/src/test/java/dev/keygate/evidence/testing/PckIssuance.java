package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.operator.ContentSigner;

/**
 * Issues a PCK certificate with a defect.
 *
 * @param root the root
 * @param ca the issuer
 * @param serial the certificate's number
 * @param defect what goes wrong
 */
record PckIssuance(SoftwareAuthority root, SoftwareAuthority ca, long serial, PckDefect defect) {

  private static final ASN1ObjectIdentifier NOBODYS = new ASN1ObjectIdentifier("1.2.840.113741.9");
  private static final String OTHER_CA = "Intel SGX TCB Signing";
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Bytes CA = Bytes.fromHex("30060101ff020100");
  private static final Bytes NO_CA = Bytes.fromHex("3000");
  private static final Bytes ONLY_CRL_SIGN = Bytes.fromHex("03020102");

  String curve() {
    return defect == PckDefect.ON_P384 ? "secp384r1" : "secp256r1";
  }

  X509Certificate issue(PublicKey key, Bytes extension) {
    CertificateDraft draft =
        CertificateDraft.pck(key, issuedAt())
            .serial(serial)
            .extension(PckExtensionDraft.OID, extension);
    change(draft);
    X509Certificate signed =
        switch (defect) {
          case ISSUED_BY_ROOT, SIGNED_BY_ROOT -> draft.sign(byRoot());
          case SIGNED_WITH_SHA384 -> draft.sign(EcContentSigner.sha384(ca.key()));
          default -> draft.sign(EcContentSigner.sha256(ca.key()));
        };
    return defect == PckDefect.SIGNATURE_BIT_FLIPPED
        ? CertificateDraft.withLastBitFlipped(signed)
        : signed;
  }

  /** The certificate that stands above the PCK's in the chain. */
  X509Certificate issuingCertificate() {
    CertificateDraft draft = CertificateDraft.sgxCa(ca.certificate().getPublicKey(), issuedAt());
    return switch (defect) {
      case ISSUED_BY_ROOT -> root.certificate();
      case ISSUER_IS_NO_CA -> draft.critical(Extension.basicConstraints, NO_CA).sign(byRoot());
      case ISSUER_MAY_NOT_SIGN_CERTIFICATES ->
          draft.critical(Extension.keyUsage, ONLY_CRL_SIGN).sign(byRoot());
      case ISSUER_EXPIRED -> draft.until(issuedAt().plus(A_DAY)).sign(byRoot());
      case ISSUER_NAMED_OTHERWISE -> draft.named(OTHER_CA).sign(byRoot());
      case ISSUER_IS_PROCESSOR_CA -> draft.named(SoftwareIntel.PROCESSOR_CA).sign(byRoot());
      case ROOT_NAMED_OTHERWISE -> draft.issuedBy(OTHER_CA).sign(byRoot());
      default -> ca.certificate();
    };
  }

  /** The certificate at the end of the chain. */
  X509Certificate rootCertificate() {
    return switch (defect) {
      case ROOT_IS_NO_CA ->
          CertificateDraft.sgxRoot(root.certificate().getPublicKey(), issuedAt())
              .critical(Extension.basicConstraints, NO_CA)
              .sign(byRoot());
      case ROOT_SIGNATURE_BIT_FLIPPED -> CertificateDraft.withLastBitFlipped(root.certificate());
      case ROOT_NAMED_OTHERWISE ->
          CertificateDraft.sgxRoot(root.certificate().getPublicKey(), issuedAt())
              .named(OTHER_CA)
              .issuedBy(OTHER_CA)
              .sign(byRoot());
      default -> root.certificate();
    };
  }

  private ContentSigner byRoot() {
    return EcContentSigner.sha256(root.key());
  }

  private Instant issuedAt() {
    return ca.certificate().getNotBefore().toInstant();
  }

  private void change(CertificateDraft draft) {
    switch (defect) {
      case ISSUED_BY_ROOT -> draft.issuedBy(SoftwareIntel.ROOT);
      case OTHER_ISSUER_NAME, ISSUER_NAMED_OTHERWISE -> draft.issuedBy(OTHER_CA);
      case ISSUER_IS_PROCESSOR_CA -> draft.issuedBy(SoftwareIntel.PROCESSOR_CA);
      case IS_CA -> draft.critical(Extension.basicConstraints, CA);
      case NAMED_TCB_SIGNING -> draft.named(OTHER_CA);
      case UNKNOWN_CRITICAL_EXTENSION -> draft.critical(NOBODYS, Bytes.fromHex("0500"));
      case EXPIRED -> draft.until(issuedAt().plus(A_DAY));
      case NOT_YET_VALID -> draft.from(issuedAt().plus(SoftwareIntel.PCK_LIFETIME).minus(A_DAY));
      case EXTENSIONS_MISSING -> draft.without(PckExtensionDraft.OID);
      default -> {}
    }
  }
}
