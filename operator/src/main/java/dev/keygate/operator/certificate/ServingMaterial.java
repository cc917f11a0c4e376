package dev.keygate.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate and its key, which belong together.
 *
 * @param chain the certificate first
 */
public record ServingMaterial(PrivateKey key, List<X509Certificate> chain) {

  private static final byte[] PROBE = {1, 2, 3, 4};

  /** Copies the list. */
  public ServingMaterial {
    chain = List.copyOf(chain);
  }

  /**
   * Reads both.
   *
   * @throws CertificateFormatException if one is not readable, or the key is not the certificate's
   */
  static ServingMaterial parse(String chain, String key) throws CertificateFormatException {
    ServingMaterial material =
        new ServingMaterial(
            PemText.privateKey("tls.key", key), PemText.certificates("tls.crt", chain));
    if (!belongTogether(material.key(), material.certificate().getPublicKey())) {
      throw new CertificateFormatException("tls.key is not the key of tls.crt", null);
    }
    return material;
  }

  /** Whether a signature by one verifies under the other. */
  static boolean belongTogether(PrivateKey key, PublicKey certified) {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certified);
      verifying.update(PROBE);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      // Keys of different kinds, or of a kind that TLS certificates do not have.
      return false;
    }
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Whether a client with a right clock would accept its validity. */
  public boolean isValidAt(Instant time) {
    return Lifetime.of(certificate()).contains(time);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ServingMaterial[" + certificate().getSerialNumber().toString(16) + "]";
  }
}
