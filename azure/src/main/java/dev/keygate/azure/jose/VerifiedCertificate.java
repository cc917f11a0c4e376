package dev.keygate.azure.jose;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;

/**
 * A leaf whose chain ends at a root of ours and that names the host; only verification makes one.
 */
public final class VerifiedCertificate {

  private final X509Certificate certificate;
  private final RSAPublicKey key;

  VerifiedCertificate(X509Certificate certificate, RSAPublicKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** The certificate, for naming it in a log. */
  public X509Certificate certificate() {
    return certificate;
  }

  RSAPublicKey key() {
    return key;
  }
}
