package dev.keygate.evidence.bytes;

import java.nio.ByteOrder;

/**
 * Reads a fixed layout from front to back and checks every bound. Nothing is allocated by a length
 * that the input states before that length was compared with what is there. Not safe for use by
 * several threads.
 */
public final class ByteCursor {

  private final String format;
  private final ByteOrder order;
  private final Bytes bytes;
  private int position;

  private ByteCursor(String format, ByteOrder order, Bytes bytes) {
    this.format = format;
    this.order = order;
    this.bytes = bytes;
  }

  /**
   * Reads numbers least significant octet first, as SNP, HCL and TDX layouts have them.
   *
   * @param format the name of the format for failures
   */
  public static ByteCursor littleEndian(String format, Bytes bytes) {
    return new ByteCursor(format, ByteOrder.LITTLE_ENDIAN, bytes);
  }

  /**
   * Reads numbers most significant octet first, as TPM structures have them.
   *
   * @param format the name of the format for failures
   */
  public static ByteCursor bigEndian(String format, Bytes bytes) {
    return new ByteCursor(format, ByteOrder.BIG_ENDIAN, bytes);
  }

  /** An unsigned number of one octet. */
  public int u8(String field) throws EvidenceFormatException {
    return (int) number(1, field);
  }

  /** An unsigned number of two octets. */
  public int u16(String field) throws EvidenceFormatException {
    return (int) number(2, field);
  }

  /** An unsigned number of four octets. */
  public long u32(String field) throws EvidenceFormatException {
    return number(4, field);
  }

  /** A number of eight octets; unsigned, so compare it with {@link Long#compareUnsigned}. */
  public long u64(String field) throws EvidenceFormatException {
    return number(8, field);
  }

  /** The next octets. */
  public Bytes take(int count, String field) throws EvidenceFormatException {
    requireRemaining(count, field);
    Bytes taken = bytes.slice(position, count);
    position += count;
    return taken;
  }

  /** Everything that is left, which may be nothing. */
  public Bytes takeRemaining() {
    Bytes rest = bytes.slice(position, remaining());
    position = bytes.size();
    return rest;
  }

  /**
   * A number of two octets and then that many octets.
   *
   * @param maxBytes the largest length the format allows
   */
  public Bytes sized16(int maxBytes, String field) throws EvidenceFormatException {
    int start = position;
    int size = u16(field);
    if (size > maxBytes) {
      throw invalid(start, field, "a size of at most " + maxBytes, Integer.toString(size));
    }
    return take(size, field);
  }

  /**
   * Consumes octets that the format reserves and demands to be zero; the failure names the range
   * and its octets.
   */
  public void requireZero(int count, String field) throws EvidenceFormatException {
    int start = position;
    Bytes reserved = take(count, field);
    if (!reserved.isZero()) {
      throw EvidenceFormatException.notZero(format, start, field, reserved);
    }
  }

  /** Passes over octets that are read elsewhere, or not at all. */
  public void skip(int count, String field) throws EvidenceFormatException {
    requireRemaining(count, field);
    position += count;
  }

  /** Refuses anything after the last field. */
  public void requireExhausted() throws EvidenceFormatException {
    if (remaining() != 0) {
      throw invalid(position, "end", "no more bytes", remaining() + " more");
    }
  }

  /** How many octets were consumed. */
  public int position() {
    return position;
  }

  /** How many octets are left. */
  public int remaining() {
    return bytes.size() - position;
  }

  /** The failure to throw for a field whose value the format does not allow. */
  public EvidenceFormatException invalid(
      int offsetBytes, String field, String expected, String found) {
    return new EvidenceFormatException(format, offsetBytes, field, expected, found);
  }

  private long number(int size, String field) throws EvidenceFormatException {
    requireRemaining(size, field);
    long value = 0;
    for (int i = 0; i < size; i++) {
      int index = order == ByteOrder.BIG_ENDIAN ? position + i : position + size - 1 - i;
      value = (value << 8) | bytes.at(index);
    }
    position += size;
    return value;
  }

  private void requireRemaining(int count, String field) throws EvidenceFormatException {
    if (count < 0) {
      throw new IllegalArgumentException("a count below zero: " + count);
    }
    if (count > remaining()) {
      throw invalid(position, field, count + " bytes", remaining() + " bytes until the end");
    }
  }
}
