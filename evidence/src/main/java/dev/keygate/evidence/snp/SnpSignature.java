package dev.keygate.evidence.snp;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;

/**
 * An ECDSA signature on curve P-384 with SHA-384. The report holds each number in 72 octets,
 * little-endian; the upper 24 octets and the 368 after S must be zero, or a second, different
 * report would carry the same signature.
 *
 * @param r 48 octets, big-endian
 * @param s 48 octets, big-endian
 */
public record SnpSignature(Bytes r, Bytes s) {

  /** The size of one number without padding. */
  public static final int NUMBER_BYTES = 48;

  /** The size of one number as the report has it. */
  public static final int PADDED_NUMBER_BYTES = 72;

  private static final int RESERVED_BYTES = 368;

  /** Checks the sizes. */
  public SnpSignature {
    if (r.size() != NUMBER_BYTES || s.size() != NUMBER_BYTES) {
      throw new IllegalArgumentException("r and s are " + NUMBER_BYTES + " bytes each");
    }
  }

  static SnpSignature read(ByteCursor cursor) throws EvidenceFormatException {
    Bytes r = readNumber(cursor, "SIGNATURE.R");
    Bytes s = readNumber(cursor, "SIGNATURE.S");
    cursor.requireZero(RESERVED_BYTES, "SIGNATURE.reserved");
    cursor.requireExhausted();
    return new SnpSignature(r, s);
  }

  /** Whether the key made this signature over the octets; false for any malformed number. */
  public boolean isMadeBy(ECPublicKey key, Bytes signed) {
    try {
      Signature verifier = Signature.getInstance("SHA384withECDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update(signed.toArray());
      return verifier.verify(Bytes.concat(r, s).toArray());
    } catch (InvalidKeyException | SignatureException unusable) {
      return false;
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("the Java runtime has no ECDSA in P1363 format", absent);
    }
  }

  private static Bytes readNumber(ByteCursor cursor, String field) throws EvidenceFormatException {
    Bytes number = cursor.take(NUMBER_BYTES, field).reversed();
    cursor.requireZero(PADDED_NUMBER_BYTES - NUMBER_BYTES, field);
    return number;
  }
}
