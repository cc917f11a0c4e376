package dev.keygate.evidence.testing;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A key that issues certificates.
 *
 * @param key the private key
 * @param certificate its certificate
 */
record SoftwareAuthority(PrivateKey key, X509Certificate certificate) {

  /** Names the certificate and not the key. */
  @Override
  public String toString() {
    return certificate.getSubjectX500Principal().getName();
  }
}
