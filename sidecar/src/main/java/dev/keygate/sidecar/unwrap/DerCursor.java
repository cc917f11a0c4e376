package dev.keygate.sidecar.unwrap;

import dev.keygate.failure.RefusedException;

/**
 * Walks over DER in an array that somebody else owns and zeroes; keeps offsets alone. Definite
 * lengths of at most three octets, in their shortest form.
 */
final class DerCursor {

  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;

  private final byte[] encoding;
  private final int end;
  private int position;

  DerCursor(byte[] encoding) {
    this(encoding, new DerRange(0, encoding.length));
  }

  private DerCursor(byte[] encoding, DerRange range) {
    this.encoding = encoding;
    this.position = range.offset();
    this.end = range.offset() + range.length();
  }

  boolean isExhausted() {
    return position == end;
  }

  /** Whether the next element has this tag. */
  boolean isNext(int tag) {
    return position < end && (encoding[position] & 0xFF) == tag;
  }

  /** Steps over an element and into its value. */
  DerCursor into(int tag, String name) throws RefusedException {
    return new DerCursor(encoding, next(tag, name));
  }

  /** Steps over an element; the range is that of its value. */
  DerRange next(int tag, String name) throws RefusedException {
    if (!isNext(tag)) {
      throw malformed(name + " is missing");
    }
    position++;
    int length = length(name);
    if (length > end - position) {
      throw malformed(name + " is longer than what holds it");
    }
    DerRange value = new DerRange(position, length);
    position += length;
    return value;
  }

  private int length(String name) throws RefusedException {
    int first = octet(name);
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7F;
    if (count < 1 || count > 3) {
      throw malformed(name + " has a length that is not definite or too large");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | octet(name);
    }
    boolean isShortest = length >= 0x80 && (count == 1 || length >>> (8 * (count - 1)) != 0);
    if (!isShortest) {
      throw malformed(name + " has a length that is not in its shortest form");
    }
    return length;
  }

  private int octet(String name) throws RefusedException {
    if (position >= end) {
      throw malformed(name + " ends early");
    }
    return encoding[position++] & 0xFF;
  }

  /** A positive INTEGER in its shortest form, without the sign's zero octet. */
  DerRange positiveInteger(String name) throws RefusedException {
    DerRange value = next(INTEGER, name);
    if (value.length() == 0 || encoding[value.offset()] < 0) {
      throw malformed(name + " is not a positive number");
    }
    boolean hasSign = encoding[value.offset()] == 0;
    if (!hasSign) {
      return value;
    }
    if (value.length() == 1 || encoding[value.offset() + 1] >= 0) {
      throw malformed(name + " is zero or not in its shortest form");
    }
    return new DerRange(value.offset() + 1, value.length() - 1);
  }

  /** An INTEGER of one octet. */
  void requireVersion(int version) throws RefusedException {
    DerRange found = next(INTEGER, "version");
    if (found.length() != 1 || encoding[found.offset()] != version) {
      throw malformed("version is not " + version);
    }
  }

  void requireExhausted(String name) throws RefusedException {
    if (!isExhausted()) {
      throw malformed("something follows " + name);
    }
  }

  private static RefusedException malformed(String what) {
    return Unwrapping.failed("its material is not the PKCS #8 that was expected, " + what);
  }
}
