package dev.keygate.operator.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides whether the certificate is good, or which one takes its place. */
final class CertificateDecider {

  private static final int DNS_NAME = 2;

  private CertificateDecider() {}

  static CertificateDecision decide(CertificateObservation observation) {
    return switch (observation.stored()) {
      case StoredCertificate.Empty _, StoredCertificate.Garbage _ ->
          new CertificateDecision.Create(stillValid(observation.known(), observation));
      case StoredCertificate.Usable usable -> decide(usable.issued(), observation);
    };
  }

  private static CertificateDecision decide(
      IssuedCertificate issued, CertificateObservation observation) {
    if (Lifetime.of(issued.issuer()).isDue(observation.now())) {
      return new CertificateDecision.Create(
          stillValid(issued.trustedAt(observation.now()), observation));
    }
    X509Certificate serving = issued.serving().certificate();
    if (Lifetime.of(serving).isDue(observation.now())
        || !namesOf(serving).containsAll(observation.names())) {
      return new CertificateDecision.Renew(issued);
    }
    return new CertificateDecision.Keep(issued);
  }

  private static List<X509Certificate> stillValid(
      List<X509Certificate> authorities, CertificateObservation observation) {
    return authorities.stream()
        .filter(authority -> Lifetime.of(authority).contains(observation.now()))
        .toList();
  }

  private static Set<String> namesOf(X509Certificate certificate) {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.getFirst().equals(DNS_NAME)) {
            names.add(String.valueOf(alternative.getLast()));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // Names that cannot be read are none: another certificate takes its place.
      return Set.of();
    }
    return names;
  }
}
