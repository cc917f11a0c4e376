package dev.keygate.sidecar.unwrap;

import dev.keygate.evidence.bytes.Bytes;

/** What the vault says, and signs, about the key that it wrapped. */
public sealed interface AnnouncedKey {

  /**
   * An RSA key.
   *
   * @param modulus big endian, without leading zeros
   * @param exponent big endian, without leading zeros
   */
  record Rsa(Bytes modulus, Bytes exponent) implements AnnouncedKey {

    private static final int SMALLEST_MODULUS_BYTES = 256;
    private static final int LARGEST_MODULUS_BYTES = 512;
    private static final int LARGEST_EXPONENT_BYTES = 4;

    /** Checks sizes and that there are no leading zeros. */
    public Rsa {
      requireNumber(modulus, LARGEST_MODULUS_BYTES);
      requireNumber(exponent, LARGEST_EXPONENT_BYTES);
      if (modulus.size() < SMALLEST_MODULUS_BYTES) {
        throw new IllegalArgumentException("a modulus has 2048 bits or more");
      }
    }

    private static void requireNumber(Bytes number, int mostBytes) {
      if (number.isEmpty() || number.size() > mostBytes || number.at(0) == 0) {
        throw new IllegalArgumentException("a number has 1 to " + mostBytes + " bytes, minimal");
      }
    }
  }

  /**
   * A key on an elliptic curve.
   *
   * @param x as many bytes as the curve's field has
   * @param y as many bytes as the curve's field has
   */
  record Ec(EcCurve curve, Bytes x, Bytes y) implements AnnouncedKey {
    /** Checks the sizes. */
    public Ec {
      if (x.size() != curve.fieldBytes() || y.size() != curve.fieldBytes()) {
        throw new IllegalArgumentException("a coordinate has " + curve.fieldBytes() + " bytes");
      }
    }
  }

  /** A symmetric key; the vault says nothing about it that could be compared. */
  record Oct() implements AnnouncedKey {}
}
