package dev.keygate.evidence.verify;

import dev.keygate.evidence.tpm.TpmPublic;
import java.security.interfaces.RSAPublicKey;

/**
 * A key that {@link CertifiedKeyVerifier} believes to live in a TPM. Nothing else can build one.
 */
public final class VerifiedCertifiedKey {

  private final TpmPublic area;
  private final RSAPublicKey publicKey;

  VerifiedCertifiedKey(TpmPublic area, RSAPublicKey publicKey) {
    this.area = area;
    this.publicKey = publicKey;
  }

  /** The public area, policy included. */
  public TpmPublic area() {
    return area;
  }

  /** The key to encrypt to. */
  public RSAPublicKey publicKey() {
    return publicKey;
  }
}
