package dev.keygate.evidence.tpm.attest;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmAlgorithm;

/**
 * TPMT_SIGNATURE with RSASSA-PKCS1-v1_5 and SHA-256, the only kind an Azure attestation key makes.
 *
 * @param value the signature as PKCS #1 defines it, as long as the modulus; at most 512 bytes
 */
public record RsassaSignature(Bytes value) {

  private static final int MAX_BYTES = 512;

  public RsassaSignature {
    if (value.isEmpty() || value.size() > MAX_BYTES) {
      throw new IllegalArgumentException("an RSA signature has 1 to 512 bytes");
    }
  }

  /** Reads scheme, hash, size and value; refuses other schemes. */
  public static RsassaSignature readFrom(ByteCursor in) throws EvidenceFormatException {
    require(in, "sigAlg", TpmAlgorithm.RSASSA);
    require(in, "hash", TpmAlgorithm.SHA256);
    int start = in.position();
    Bytes value = in.sized16(MAX_BYTES, "sig");
    if (value.isEmpty()) {
      throw in.invalid(start, "sig", "a signature", "0 bytes");
    }
    return new RsassaSignature(value);
  }

  /** Writes scheme, hash, size and value. */
  public void writeTo(ByteWriter out) {
    out.u16(TpmAlgorithm.RSASSA.id()).u16(TpmAlgorithm.SHA256.id()).sized16(value);
  }

  private static void require(ByteCursor in, String field, TpmAlgorithm expected)
      throws EvidenceFormatException {
    int start = in.position();
    int id = in.u16(field);
    if (id != expected.id()) {
      throw in.invalid(start, field, expected.name(), "0x" + Integer.toHexString(id));
    }
  }
}
