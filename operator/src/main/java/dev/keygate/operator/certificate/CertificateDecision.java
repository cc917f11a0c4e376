package dev.keygate.operator.certificate;

import java.security.cert.X509Certificate;
import java.util.List;

/** What is to be done about the certificate. */
sealed interface CertificateDecision {

  /** It is good. */
  record Keep(IssuedCertificate issued) implements CertificateDecision {}

  /** Another one by the same authority. */
  record Renew(IssuedCertificate before) implements CertificateDecision {}

  /**
   * Another authority, and a certificate by it.
   *
   * @param former authorities that stay trusted until every replica shows the new certificate
   */
  record Create(List<X509Certificate> former) implements CertificateDecision {

    /** Copies the list. */
    public Create {
      former = List.copyOf(former);
    }
  }
}
