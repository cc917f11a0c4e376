package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * The 20 octets between hardware report and claims.
 *
 * @param type what lies in the hardware report slot
 * @param digest the function that binds the claims
 * @param claimsBytes the exact size of the claims; not more than what is there
 */
record HclRuntimeHeader(HclReportType type, Digest digest, int claimsBytes) {

  /** The version is read over: 1 was seen and 2 is announced, with one layout. */
  static HclRuntimeHeader read(ByteCursor cursor, HclHeader header) throws EvidenceFormatException {
    int start = cursor.position();
    long dataBytes = cursor.u32("data_size");
    cursor.u32("version");
    HclReportType type = type(cursor);
    Digest digest = digest(cursor);
    int sizeOffset = cursor.position();
    long claimsBytes = cursor.u32("variable_data_size");
    if (claimsBytes > cursor.remaining()) {
      throw cursor.invalid(
          sizeOffset, "variable_data_size", "at most " + cursor.remaining(), "" + claimsBytes);
    }
    requireSize(
        cursor, start, "data_size", HclLayout.RUNTIME_HEADER_BYTES + claimsBytes, dataBytes);
    requireSize(
        cursor, 8, "report_size", HclLayout.CLAIMS_OFFSET + claimsBytes, header.reportBytes());
    return new HclRuntimeHeader(type, digest, (int) claimsBytes);
  }

  private static void requireSize(
      ByteCursor cursor, int offset, String field, long expected, long found)
      throws EvidenceFormatException {
    if (expected != found) {
      throw cursor.invalid(offset, field, Long.toString(expected), Long.toString(found));
    }
  }

  private static HclReportType type(ByteCursor cursor) throws EvidenceFormatException {
    int offset = cursor.position();
    long code = cursor.u32("report_type");
    for (HclReportType type : HclReportType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw cursor.invalid(offset, "report_type", "1 to 4", Long.toString(code));
  }

  private static Digest digest(ByteCursor cursor) throws EvidenceFormatException {
    int offset = cursor.position();
    long code = cursor.u32("report_data_hash_type");
    return switch ((int) code) {
      case 1 -> Digest.SHA256;
      case 2 -> Digest.SHA384;
      case 3 -> Digest.SHA512;
      default ->
          throw cursor.invalid(offset, "report_data_hash_type", "1, 2 or 3", Long.toString(code));
    };
  }
}
