package dev.keygate.evidence.testing;

import java.security.PrivateKey;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates and revocation lists with ECDSA. */
final class EcContentSigner {

  private EcContentSigner() {}

  /** The vendor's algorithm. */
  static ContentSigner sha256(PrivateKey key) {
    return signer("SHA256withECDSA", key);
  }

  /** An algorithm that the vendor does not use. */
  static ContentSigner sha384(PrivateKey key) {
    return signer("SHA384withECDSA", key);
  }

  private static ContentSigner signer(String algorithm, PrivateKey key) {
    try {
      return new JcaContentSignerBuilder(algorithm).build(key);
    } catch (OperatorCreationException absent) {
      throw new IllegalStateException("the Java runtime has no " + algorithm, absent);
    }
  }
}
