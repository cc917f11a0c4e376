package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;

/**
 * A platform in software: its PCK, the certificates of that, and a quoting enclave with an
 * attestation key.
 */
public final class SoftwareTdxPlatform {

  private static final int NUMBER_BYTES = 32;

  private final PrivateKey pck;
  private final KeyPair attestationKey;
  private final X509Certificate certificate;
  private final String chainPem;

  SoftwareTdxPlatform(
      PrivateKey pck, KeyPair attestationKey, X509Certificate certificate, PckIssuance issuance) {
    this.pck = pck;
    this.attestationKey = attestationKey;
    this.certificate = certificate;
    this.chainPem =
        Pem.certificate(certificate)
            + Pem.certificate(issuance.issuingCertificate())
            + Pem.certificate(issuance.rootCertificate());
  }

  /** PCK certificate, CA and root, PEM, in this order. */
  public String chainPem() {
    return chainPem;
  }

  /** The PCK's certificate. */
  X509Certificate certificate() {
    return certificate;
  }

  /** The attestation key, x and y, big-endian. */
  Bytes attestationKey() {
    ECPublicKey key = (ECPublicKey) attestationKey.getPublic();
    return Bytes.concat(number(key.getW().getAffineX()), number(key.getW().getAffineY()));
  }

  /** The attestation key's signature, r and s in 32 octets each. */
  Bytes signQuote(Bytes content) {
    return sign(attestationKey.getPrivate(), content);
  }

  /** The PCK's signature, r and s. */
  Bytes signQeReport(Bytes content) {
    return sign(pck, content);
  }

  /** ECDSA with SHA-256: R and S, big-endian, as long as the curve's order each. */
  private static Bytes sign(PrivateKey key, Bytes content) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(key);
      signer.update(content.toArray());
      return Bytes.copyOf(signer.sign());
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("a key of the software platform does not sign", refused);
    }
  }

  private static Bytes number(BigInteger value) {
    Bytes octets = Bytes.concat(Bytes.zeros(NUMBER_BYTES), Bytes.copyOf(value.toByteArray()));
    return octets.slice(octets.size() - NUMBER_BYTES, NUMBER_BYTES);
  }
}
