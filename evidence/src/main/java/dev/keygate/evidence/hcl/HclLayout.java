package dev.keygate.evidence.hcl;

/** Offsets and sizes of the HCL report in octets; all its numbers are little-endian. */
final class HclLayout {

  static final String FORMAT = "HCL report";

  /** The octets "HCLA". */
  static final long SIGNATURE = 0x414C4348L;

  static final int HEADER_RESERVED_BYTES = 12;
  static final int SLOT_BYTES = 1184;

  /** From the size field of the runtime data up to the claims. */
  static final int RUNTIME_HEADER_BYTES = 20;

  static final int CLAIMS_OFFSET = 1236;

  /** Far above the 2600 octets of today's NV index, and little enough to hold in memory. */
  static final int MAX_BYTES = 64 * 1024;

  static final int REPORT_DATA_BYTES = 64;

  private HclLayout() {}
}
