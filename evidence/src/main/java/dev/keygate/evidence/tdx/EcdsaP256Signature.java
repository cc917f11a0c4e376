package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;

/**
 * An ECDSA signature on curve P-256 with SHA-256.
 *
 * @param octets r and s, 32 octets each, big-endian
 */
public record EcdsaP256Signature(Bytes octets) {

  /** The size of every signature. */
  public static final int SIZE_BYTES = 2 * P256.NUMBER_BYTES;

  /** Checks the size. */
  public EcdsaP256Signature {
    if (octets.size() != SIZE_BYTES) {
      throw new IllegalArgumentException("a signature has " + SIZE_BYTES + " octets");
    }
  }

  /** Whether the key made this signature over the octets; false for any malformed number. */
  public boolean isMadeBy(ECPublicKey key, Bytes signed) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update(signed.toArray());
      return verifier.verify(octets.toArray());
    } catch (InvalidKeyException | SignatureException unusable) {
      return false;
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("the Java runtime has no ECDSA in P1363 format", absent);
    }
  }
}
