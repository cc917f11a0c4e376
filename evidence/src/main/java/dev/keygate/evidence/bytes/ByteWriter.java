package dev.keygate.evidence.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;

/**
 * Writes a fixed layout from front to back; the counterpart of {@link ByteCursor}. A number that
 * does not fit its field is a bug of the caller and refused as {@link IllegalArgumentException}.
 * Not safe for use by several threads.
 */
public final class ByteWriter {

  private final ByteOrder order;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  private ByteWriter(ByteOrder order) {
    this.order = order;
  }

  /** Writes numbers least significant octet first. */
  public static ByteWriter littleEndian() {
    return new ByteWriter(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes numbers most significant octet first. */
  public static ByteWriter bigEndian() {
    return new ByteWriter(ByteOrder.BIG_ENDIAN);
  }

  /** Writes an unsigned number of one octet. */
  public ByteWriter u8(int value) {
    return number(value, 1);
  }

  /** Writes an unsigned number of two octets. */
  public ByteWriter u16(int value) {
    return number(value, 2);
  }

  /** Writes an unsigned number of four octets. */
  public ByteWriter u32(long value) {
    return number(value, 4);
  }

  /** Writes all 64 bits of the value. */
  public ByteWriter u64(long value) {
    return octetsOf(value, 8);
  }

  /** Writes the octets as they are. */
  public ByteWriter bytes(Bytes bytes) {
    octets.writeBytes(bytes.toArray());
    return this;
  }

  /** Writes the size as a number of two octets and then the octets. */
  public ByteWriter sized16(Bytes bytes) {
    return u16(bytes.size()).bytes(bytes);
  }

  /** Writes octets with the value zero. */
  public ByteWriter zeros(int count) {
    octets.writeBytes(new byte[count]);
    return this;
  }

  /**
   * Writes the octets and as many zeros as fill the field.
   *
   * @throws IllegalArgumentException if the octets are longer than the field
   */
  public ByteWriter padded(Bytes bytes, int fieldBytes) {
    if (bytes.size() > fieldBytes) {
      throw new IllegalArgumentException(
          bytes.size() + " bytes do not fit a field of " + fieldBytes);
    }
    return bytes(bytes).zeros(fieldBytes - bytes.size());
  }

  /** How many octets were written. */
  public int size() {
    return octets.size();
  }

  /** What was written so far. */
  public Bytes toBytes() {
    return Bytes.copyOf(octets.toByteArray());
  }

  private ByteWriter number(long value, int size) {
    if (value < 0 || (value >>> (8 * size)) != 0) {
      throw new IllegalArgumentException(value + " does not fit " + size + " bytes");
    }
    return octetsOf(value, size);
  }

  private ByteWriter octetsOf(long value, int size) {
    for (int i = 0; i < size; i++) {
      int shift = order == ByteOrder.BIG_ENDIAN ? 8 * (size - 1 - i) : 8 * i;
      octets.write((int) (value >>> shift) & 0xFF);
    }
    return this;
  }
}
