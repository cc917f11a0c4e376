package dev.keygate.evidence.tpm;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.Set;

/**
 * TPMS_RSA_PARMS without a symmetric algorithm.
 *
 * @param scheme the only scheme the key serves, or {@link RsaScheme#NONE}
 * @param keySizeBits 1024, 2048, 3072 or 4096
 * @param exponent the public exponent, where 0 stands for 65537
 */
public record RsaParameters(RsaScheme scheme, int keySizeBits, long exponent) {

  private static final Set<Integer> KEY_SIZES_BITS = Set.of(1024, 2048, 3072, 4096);
  private static final long DEFAULT_EXPONENT = 65537;

  /** RSA-2048 with the usual exponent and no scheme of its own. */
  public static final RsaParameters RSA_2048 = new RsaParameters(RsaScheme.NONE, 2048, 0);

  public RsaParameters {
    if (!KEY_SIZES_BITS.contains(keySizeBits) || !isExponent(exponent)) {
      throw new IllegalArgumentException(
          "no RSA parameters: " + keySizeBits + " bits, exponent " + exponent);
    }
  }

  static RsaParameters readFrom(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    int symmetric = in.u16("symmetric");
    if (symmetric != TpmAlgorithm.NULL.id()) {
      throw in.invalid(start, "symmetric", "NULL", "0x" + Integer.toHexString(symmetric));
    }
    RsaScheme scheme = RsaScheme.readFrom(in);
    int sizeStart = in.position();
    int keySizeBits = in.u16("keyBits");
    if (!KEY_SIZES_BITS.contains(keySizeBits)) {
      throw in.invalid(
          sizeStart, "keyBits", "1024, 2048, 3072 or 4096", Integer.toString(keySizeBits));
    }
    int exponentStart = in.position();
    long exponent = in.u32("exponent");
    if (!isExponent(exponent)) {
      throw in.invalid(exponentStart, "exponent", "0 or an odd number", Long.toString(exponent));
    }
    return new RsaParameters(scheme, keySizeBits, exponent);
  }

  void writeTo(ByteWriter out) {
    out.u16(TpmAlgorithm.NULL.id());
    scheme.writeTo(out);
    out.u16(keySizeBits).u32(exponent);
  }

  /** The public exponent as a number to compute with. */
  public long publicExponent() {
    return exponent == 0 ? DEFAULT_EXPONENT : exponent;
  }

  private static boolean isExponent(long exponent) {
    return exponent == 0 || (exponent > 2 && exponent <= 0xFFFFFFFFL && exponent % 2 == 1);
  }
}
