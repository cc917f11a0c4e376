package dev.keygate.evidence.bytes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable string of octets. Every array that comes in or goes out is copied, so a value never
 * changes after it was made. Instances are safe for use by several threads.
 *
 * <p>Not for secrets: nothing here is zeroed, and {@link #toString()} shows the first octets.
 */
public final class Bytes {

  /** The string of no octets. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final int SHOWN_BYTES = 8;

  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** A copy of the whole array. */
  public static Bytes copyOf(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array.clone());
  }

  /**
   * A copy of a part of the array.
   *
   * @throws IndexOutOfBoundsException if the part does not lie within the array
   */
  public static Bytes copyOf(byte[] array, int from, int length) {
    Objects.checkFromIndexSize(from, length, array.length);
    return new Bytes(Arrays.copyOfRange(array, from, from + length));
  }

  /**
   * The octets written as pairs of hexadecimal digits of either case, without separators.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Bytes fromHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** The UTF-8 encoding of the text, without a terminator. */
  public static Bytes ofUtf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The given number of zero octets. */
  public static Bytes zeros(int count) {
    return new Bytes(new byte[count]);
  }

  /** The parts in order, one after another. */
  public static Bytes concat(Bytes... parts) {
    int size = 0;
    for (Bytes part : parts) {
      size = Math.addExact(size, part.octets.length);
    }
    byte[] joined = new byte[size];
    int position = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.octets, 0, joined, position, part.octets.length);
      position += part.octets.length;
    }
    return new Bytes(joined);
  }

  /** The number of octets. */
  public int size() {
    return octets.length;
  }

  /** Whether there are no octets at all. */
  public boolean isEmpty() {
    return octets.length == 0;
  }

  /** The octet at an index counted from zero, as a number from 0 to 255. */
  public int at(int index) {
    return octets[index] & 0xFF;
  }

  /**
   * The octets from an index on.
   *
   * @throws IndexOutOfBoundsException if the part does not lie within these octets
   */
  public Bytes slice(int from, int length) {
    return copyOf(octets, from, length);
  }

  /** The same octets, last one first; turns a little-endian number into a big-endian one. */
  public Bytes reversed() {
    byte[] reversed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return new Bytes(reversed);
  }

  /** A fresh array with these octets; the caller owns it. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** Two lower-case hexadecimal digits for each octet, without prefix or separators. */
  public String hex() {
    return HexFormat.of().formatHex(octets);
  }

  /** The octets read as UTF-8, malformed parts replaced by U+FFFD. */
  public String utf8() {
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** Whether every octet is zero; true of the empty string. */
  public boolean isZero() {
    int seen = 0;
    for (byte octet : octets) {
      seen |= octet;
    }
    return seen == 0;
  }

  /** The SHA-256 digest, 32 octets. */
  public Bytes sha256() {
    return Digest.SHA256.of(this);
  }

  /** The SHA-384 digest, 48 octets. */
  public Bytes sha384() {
    return Digest.SHA384.of(this);
  }

  /** Feeds the octets to a digest without copying them. */
  void update(MessageDigest digest) {
    digest.update(octets);
  }

  /** Compares content in a time that depends on the lengths alone. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && MessageDigest.isEqual(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** The size and the first eight octets, for failures and logs. */
  @Override
  public String toString() {
    int shown = Math.min(SHOWN_BYTES, octets.length);
    String head = HexFormat.of().formatHex(octets, 0, shown);
    return octets.length + " bytes" + (shown == 0 ? "" : " " + head) + (shown < size() ? "…" : "");
  }
}
