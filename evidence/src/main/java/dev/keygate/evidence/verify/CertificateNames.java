package dev.keygate.evidence.verify;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/** The common name, which AMD puts last into a subject and RFC 2253 therefore first. */
final class CertificateNames {

  private static final String PREFIX = "CN=";

  private CertificateNames() {}

  /** The subject's common name, or the whole subject if it does not start with one. */
  static String of(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    int comma = subject.indexOf(',');
    String first = comma < 0 ? subject : subject.substring(0, comma);
    return first.startsWith(PREFIX) ? first.substring(PREFIX.length()) : subject;
  }
}
