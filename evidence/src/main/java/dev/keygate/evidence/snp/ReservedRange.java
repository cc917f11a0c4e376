package dev.keygate.evidence.snp;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.List;

/**
 * A part of the report that the firmware must leave zero.
 *
 * @param from the first reserved octet
 * @param until the octet after the last reserved one
 * @param sinceVersion the first report version that reserves it
 * @param untilVersion the last report version that reserves it
 */
record ReservedRange(int from, int until, int sinceVersion, int untilVersion) {

  private static final int ANY = Integer.MAX_VALUE;

  /**
   * In the order of the report. Only versions that are known are held to this: a newer one may give
   * these octets a meaning.
   */
  private static final List<ReservedRange> RANGES =
      List.of(
          new ReservedRange(0x04C, 0x050, 2, ANY),
          new ReservedRange(0x188, 0x1A0, 2, 2),
          new ReservedRange(0x18B, 0x1A0, 3, ANY),
          new ReservedRange(0x1EB, 0x1EC, 2, ANY),
          new ReservedRange(0x1EF, 0x1F0, 2, ANY),
          new ReservedRange(0x1F8, 0x2A0, 2, 4),
          new ReservedRange(0x208, 0x2A0, 5, ANY));

  static void requireZero(Bytes report, long version) throws EvidenceFormatException {
    ByteCursor cursor = ByteCursor.littleEndian(SnpReport.FORMAT, report);
    for (ReservedRange range : RANGES) {
      if (range.sinceVersion <= version && version <= range.untilVersion) {
        cursor.skip(range.from - cursor.position(), "reserved");
        cursor.requireZero(range.until - range.from, "reserved");
      }
    }
  }
}
