package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.util.Arrays;

/** The octets of a report while it is made. */
final class ReportImage {

  private byte[] octets;

  ReportImage(int size) {
    octets = new byte[size];
  }

  void put(int offset, Bytes value) {
    System.arraycopy(value.toArray(), 0, octets, offset, value.size());
  }

  void flip(int offset, int mask) {
    octets[offset] ^= (byte) mask;
  }

  void resize(int size) {
    octets = Arrays.copyOf(octets, size);
  }

  Bytes toBytes() {
    return Bytes.copyOf(octets);
  }
}
