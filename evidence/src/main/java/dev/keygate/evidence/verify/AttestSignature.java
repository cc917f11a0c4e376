package dev.keygate.evidence.verify;

import dev.keygate.evidence.tpm.attest.SignedAttest;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;

/** RSASSA-PKCS1-v1_5 with SHA-256 by an attestation key over a statement of its TPM. */
final class AttestSignature {

  private AttestSignature() {}

  static boolean isValid(RSAPublicKey key, SignedAttest signed) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(signed.attest().toArray());
      return verifier.verify(signed.signature().value().toArray());
    } catch (InvalidKeyException | SignatureException unusable) {
      return false;
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("the Java runtime has no RSA with SHA-256", absent);
    }
  }
}
