package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/** A part of a structure that its maker must leave zero. */
record ReservedBytes(int from, int until) {

  private static final int MAX_SHOWN_BYTES = 16;

  /** Names the whole range, the first octet that is set and up to sixteen octets from there on. */
  void requireZero(String format, Bytes structure) throws EvidenceFormatException {
    for (int i = from; i < until; i++) {
      if (structure.at(i) != 0) {
        int shown = Math.min(MAX_SHOWN_BYTES, until - i);
        throw new EvidenceFormatException(
            format,
            i,
            "reserved bytes " + from + " to " + (until - 1),
            "zeros",
            "0x" + structure.slice(i, shown).hex());
      }
    }
  }
}
