package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** The vendor's key for TCB information and enclave identities, and the certificates above it. */
public final class SoftwareTcbSigner {

  private final PrivateKey key;
  private final String chainPem;

  SoftwareTcbSigner(SoftwareAuthority signer, SoftwareAuthority root) {
    this.key = signer.key();
    this.chainPem = Pem.certificate(signer.certificate()) + Pem.certificate(root.certificate());
  }

  /** The signer's certificate and the root, PEM, in this order. */
  public String chainPem() {
    return chainPem;
  }

  /** ECDSA with SHA-256: r and s, 32 octets each. */
  public Bytes sign(Bytes content) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(key);
      signer.update(content.toArray());
      return Bytes.copyOf(signer.sign());
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("a key of the software platform does not sign", refused);
    }
  }
}
