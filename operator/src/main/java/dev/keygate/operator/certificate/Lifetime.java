package dev.keygate.operator.certificate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** How long a certificate is valid, and from when on another one is due. */
record Lifetime(Instant start, Instant end) {

  static Lifetime of(X509Certificate certificate) {
    return new Lifetime(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  boolean contains(Instant time) {
    return !time.isBefore(start) && time.isBefore(end);
  }

  /** Before its beginning, or after two thirds of its time. */
  boolean isDue(Instant time) {
    Instant renewal = start.plus(Duration.between(start, end).multipliedBy(2).dividedBy(3));
    return time.isBefore(start) || !time.isBefore(renewal);
  }
}
