package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.security.interfaces.ECPublicKey;

/** The key with which a quoting enclave signs quotes, a point of P-256. Instances are immutable. */
public final class AttestationKey {

  /** The size of a point. */
  public static final int SIZE_BYTES = 2 * P256.NUMBER_BYTES;

  private final Bytes point;
  private final ECPublicKey publicKey;

  private AttestationKey(Bytes point, ECPublicKey publicKey) {
    this.point = point;
    this.publicKey = publicKey;
  }

  static AttestationKey read(ByteCursor cursor) throws EvidenceFormatException {
    int offset = cursor.position();
    Bytes point = cursor.take(SIZE_BYTES, "ECDSA attestation key");
    ECPublicKey key =
        P256.publicKey(point)
            .orElseThrow(
                () ->
                    cursor.invalid(
                        offset, "ECDSA attestation key", "a point of P-256", point.toString()));
    return new AttestationKey(point, key);
  }

  /** X and y, 32 octets each, big-endian: what the QE report's REPORTDATA is a digest of. */
  public Bytes point() {
    return point;
  }

  /** The same as a key. */
  public ECPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttestationKey that && point.equals(that.point);
  }

  @Override
  public int hashCode() {
    return point.hashCode();
  }

  @Override
  public String toString() {
    return "attestation key " + point;
  }
}
