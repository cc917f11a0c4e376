package dev.keygate.evidence.snp;

import dev.keygate.evidence.bytes.Bytes;

/**
 * Where each field of the ATTESTATION_REPORT structure lies (AMD SEV-SNP firmware ABI, publication
 * 56860, table "ATTESTATION_REPORT structure"). Numbers are little-endian.
 */
public enum SnpField {
  VERSION(0x000, 4),
  GUEST_SVN(0x004, 4),
  POLICY(0x008, 8),
  FAMILY_ID(0x010, 16),
  IMAGE_ID(0x020, 16),
  VMPL(0x030, 4),
  SIGNATURE_ALGO(0x034, 4),
  CURRENT_TCB(0x038, 8),
  PLATFORM_INFO(0x040, 8),
  KEY_INFO(0x048, 4),
  REPORT_DATA(0x050, 64),
  MEASUREMENT(0x090, 48),
  HOST_DATA(0x0C0, 32),
  ID_KEY_DIGEST(0x0E0, 48),
  AUTHOR_KEY_DIGEST(0x110, 48),
  REPORT_ID(0x140, 32),
  REPORT_ID_MA(0x160, 32),
  REPORTED_TCB(0x180, 8),
  /** Since version 3. */
  CPUID_FAM_ID(0x188, 1),
  /** Since version 3. */
  CPUID_MOD_ID(0x189, 1),
  /** Since version 3. */
  CPUID_STEP(0x18A, 1),
  CHIP_ID(0x1A0, 64),
  COMMITTED_TCB(0x1E0, 8),
  /** Build, minor, major, one octet each. */
  CURRENT_VERSION(0x1E8, 3),
  /** Build, minor, major, one octet each. */
  COMMITTED_VERSION(0x1EC, 3),
  LAUNCH_TCB(0x1F0, 8),
  /** Since version 5. */
  LAUNCH_MIT_VECTOR(0x1F8, 8),
  /** Since version 5. */
  CURRENT_MIT_VECTOR(0x200, 8),
  /** R and S, 72 octets each, and 368 reserved octets. */
  SIGNATURE(0x2A0, 512);

  private final int offsetBytes;
  private final int sizeBytes;

  SnpField(int offsetBytes, int sizeBytes) {
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

  /** The field as a number; fields of eight octets are unsigned 64-bit values. */
  long numberOf(Bytes report) {
    long value = 0;
    for (int i = sizeBytes - 1; i >= 0; i--) {
      value = (value << 8) | report.at(offsetBytes + i);
    }
    return value;
  }
}
