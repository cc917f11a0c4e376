package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.RevocationList;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/**
 * A private key with its certificate.
 *
 * @param key on an elliptic curve
 * @param certificate its certificate
 * @param issuersPem the two certificates above it, PEM, from the bottom up
 * @param revocations what the root revokes
 */
record IssuedKey(
    PrivateKey key, X509Certificate certificate, String issuersPem, RevocationList revocations) {

  String certificatePem() {
    return Pem.certificate(certificate);
  }

  String chainPem() {
    return certificatePem() + issuersPem;
  }

  EndorsementChain chain() {
    try {
      return EndorsementChain.parsePem(chainPem()).with(revocations);
    } catch (EvidenceFormatException malformed) {
      throw new IllegalStateException("a chain of the software platform", malformed);
    }
  }

  Bytes sign(Bytes content) {
    try {
      Signature signer = Signature.getInstance("SHA384withECDSAinP1363Format");
      signer.initSign(key);
      signer.update(content.toArray());
      return Bytes.copyOf(signer.sign());
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("a key of the software platform does not sign", refused);
    }
  }

  /** Names the certificate and not the key. */
  @Override
  public String toString() {
    return certificate.getSubjectX500Principal().getName();
  }
}
