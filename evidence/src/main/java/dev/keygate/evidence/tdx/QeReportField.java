package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;

/**
 * Where each field of an SGX REPORT body lies (Intel SDM volume 3D, "REPORT"). Numbers are
 * little-endian.
 */
public enum QeReportField {
  CPUSVN(0, 16),
  MISCSELECT(16, 4),
  ISVEXTPRODID(32, 16),
  /** Eight octets of flags and eight of XFRM. */
  ATTRIBUTES(48, 16),
  MRENCLAVE(64, 32),
  MRSIGNER(128, 32),
  CONFIGID(192, 64),
  ISVPRODID(256, 2),
  ISVSVN(258, 2),
  CONFIGSVN(260, 2),
  ISVFAMILYID(304, 16),
  REPORTDATA(320, 64);

  private final int offsetBytes;
  private final int sizeBytes;

  QeReportField(int offsetBytes, int sizeBytes) {
    this.offsetBytes = offsetBytes;
    this.sizeBytes = sizeBytes;
  }

  /** Where the field starts, in octets from the start of the report. */
  public int offsetBytes() {
    return offsetBytes;
  }

  /** How many octets the field has. */
  public int sizeBytes() {
    return sizeBytes;
  }

  Bytes of(Bytes report) {
    return report.slice(offsetBytes, sizeBytes);
  }
}
