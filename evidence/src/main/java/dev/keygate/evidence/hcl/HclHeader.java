package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * The first 32 octets.
 *
 * @param reportBytes the size of everything up to the end of the claims
 * @param requestType why the report was made
 */
record HclHeader(long reportBytes, HclRequestType requestType) {

  private static final int NEWEST_VERSION = 2;

  static HclHeader read(ByteCursor cursor) throws EvidenceFormatException {
    long signature = cursor.u32("signature");
    if (signature != HclLayout.SIGNATURE) {
      throw cursor.invalid(0, "signature", "HCLA", "0x" + Long.toHexString(signature));
    }
    int versionOffset = cursor.position();
    long version = cursor.u32("version");
    if (version < 1 || version > NEWEST_VERSION) {
      throw cursor.invalid(versionOffset, "version", "1 or 2", Long.toString(version));
    }
    long reportBytes = cursor.u32("report_size");
    HclRequestType requestType = requestType(cursor);
    cursor.requireZero(4, "status");
    cursor.requireZero(HclLayout.HEADER_RESERVED_BYTES, "reserved");
    return new HclHeader(reportBytes, requestType);
  }

  private static HclRequestType requestType(ByteCursor cursor) throws EvidenceFormatException {
    int offset = cursor.position();
    long code = cursor.u32("request_type");
    for (HclRequestType type : HclRequestType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw cursor.invalid(offset, "request_type", "1, 2 or 3", Long.toString(code));
  }
}
