package dev.keygate.evidence.verify;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * The common name of a subject. AMD encodes it last, so that RFC 2253 has it first; Intel encodes
 * it first, so that RFC 2253 has it last. Within a value RFC 2253 escapes what separates names.
 */
final class CertificateNames {

  private static final String PREFIX = "CN=";

  private CertificateNames() {}

  /** The common name at either end, or the whole subject if there is none. */
  static String of(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    int comma = subject.indexOf(',');
    String first = comma < 0 ? subject : subject.substring(0, comma);
    if (first.startsWith(PREFIX)) {
      return first.substring(PREFIX.length());
    }
    int last = subject.lastIndexOf("," + PREFIX);
    return last >= 0 && subject.indexOf(',', last + 1) < 0
        ? subject.substring(last + 1 + PREFIX.length())
        : subject;
  }
}
