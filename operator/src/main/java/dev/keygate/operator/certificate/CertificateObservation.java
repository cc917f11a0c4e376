package dev.keygate.operator.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * All that the next step for the certificate depends on.
 *
 * @param stored what the Secret holds
 * @param known authorities of certificates that this process has shown
 * @param names that the certificate has to be valid for
 */
record CertificateObservation(
    StoredCertificate stored, List<X509Certificate> known, Set<String> names, Instant now) {

  /** Copies the collections. */
  CertificateObservation {
    known = List.copyOf(known);
    names = Set.copyOf(names);
  }
}
