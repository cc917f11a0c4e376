package dev.keygate.evidence.verify;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** The rules of RFC 5280 that hold for the chains of all vendors. */
final class CertificateRules {

  private static final int KEY_CERT_SIGN = 5;

  private CertificateRules() {}

  /** The certificate names this issuer and carries its signature. */
  static void requireIssuedBy(X509Certificate certificate, X509Certificate issuer)
      throws EvidenceVerificationException {
    String subject = CertificateNames.of(certificate);
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      throw CheckList.failed(
          Check.CHAIN_SIGNATURE,
          subject + " issued by " + CertificateNames.of(issuer),
          certificate.getIssuerX500Principal().getName());
    }
    try {
      certificate.verify(issuer.getPublicKey());
    } catch (GeneralSecurityException refused) {
      throw CheckList.failed(
          Check.CHAIN_SIGNATURE,
          subject + " signed by " + CertificateNames.of(issuer),
          "a signature that does not verify");
    }
  }

  /** The certificate may issue others. */
  static void requireIssuer(X509Certificate certificate) throws EvidenceVerificationException {
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || usage == null || !usage[KEY_CERT_SIGN]) {
      throw roleFailed("a CA that may sign certificates", certificate);
    }
  }

  static void requireNoUnknownCriticalExtension(List<X509Certificate> certificates)
      throws EvidenceVerificationException {
    for (X509Certificate each : certificates) {
      if (each.hasUnsupportedCriticalExtension()) {
        throw roleFailed("no unknown critical extension", each);
      }
    }
  }

  static void requireValid(List<X509Certificate> certificates, Instant now)
      throws EvidenceVerificationException {
    for (X509Certificate each : certificates) {
      Instant from = each.getNotBefore().toInstant();
      Instant until = each.getNotAfter().toInstant();
      if (now.isBefore(from) || now.isAfter(until)) {
        throw CheckList.failed(
            Check.CHAIN_VALIDITY,
            CertificateNames.of(each) + " valid from " + from + " until " + until,
            now.toString());
      }
    }
  }

  static EvidenceVerificationException roleFailed(String expected, X509Certificate certificate) {
    return CheckList.failed(Check.CHAIN_ROLES, expected, CertificateNames.of(certificate));
  }
}
