package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;

/** The numbers of TDX and SGX structures. */
final class LittleEndian {

  private LittleEndian() {}

  /** A number of up to eight octets; one of eight is an unsigned 64-bit value. */
  static long number(Bytes field) {
    long value = 0;
    for (int i = field.size() - 1; i >= 0; i--) {
      value = (value << 8) | field.at(i);
    }
    return value;
  }
}
