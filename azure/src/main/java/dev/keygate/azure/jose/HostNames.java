package dev.keygate.azure.jose;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Compares a host with a certificate's DNS names (RFC 6125 §6.4): a wildcard is the whole leftmost
 * label and stands for one label; the common name counts for nothing.
 */
final class HostNames {

  private static final int DNS_NAME = 2;

  private HostNames() {}

  static boolean names(X509Certificate certificate, String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .filter(name -> name.size() >= 2 && Integer.valueOf(DNS_NAME).equals(name.get(0)))
              .anyMatch(name -> matches(String.valueOf(name.get(1)), wanted));
    } catch (CertificateParsingException malformed) {
      return false;
    }
  }

  static boolean matches(String pattern, String host) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("*.")) {
      return !lower.isEmpty() && lower.equals(host);
    }
    int firstDot = host.indexOf('.');
    String parent = lower.substring(2);
    // "*.net" would vouch for every host there is.
    return firstDot > 0 && parent.contains(".") && host.substring(firstDot + 1).equals(parent);
  }
}
