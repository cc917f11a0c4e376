package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * XFAM: the extended features whose state the TD may use, laid out as XCR0 and IA32_XSS (Intel TDX
 * module ABI specification, "XFAM"). Bits 0 and 1 must be one. Unknown bits are kept: processors
 * gain features, and none of them gives the host access to the TD.
 *
 * @param raw the eight octets as an unsigned number
 */
public record Xfam(long raw) {

  private static final long FIXED_1 = 0x3;
  private static final long AVX_512 = 0xE0;
  private static final long CET = 0x1800;
  private static final long AMX = 0x60000;

  static Xfam read(String format, int offsetBytes, Bytes field) throws EvidenceFormatException {
    Xfam xfam = new Xfam(LittleEndian.number(field));
    if ((xfam.raw & FIXED_1) != FIXED_1) {
      throw new EvidenceFormatException(
          format,
          offsetBytes,
          "XFAM",
          "bits 0 (x87) and 1 (SSE) set",
          "0x" + Long.toHexString(xfam.raw));
    }
    return xfam;
  }

  /** Bit 2. */
  public boolean allowsAvx() {
    return has(1L << 2);
  }

  /** Bits 5 to 7. */
  public boolean allowsAvx512() {
    return has(AVX_512);
  }

  /** Bit 8: processor trace. */
  public boolean allowsProcessorTrace() {
    return has(1L << 8);
  }

  /** Bit 9: protection keys of user pages. */
  public boolean allowsPku() {
    return has(1L << 9);
  }

  /** Bits 11 and 12: control-flow enforcement. */
  public boolean allowsCet() {
    return has(CET);
  }

  /** Bit 14: user interrupts. */
  public boolean allowsUserInterrupts() {
    return has(1L << 14);
  }

  /** Bit 15: last branch records. */
  public boolean allowsLastBranchRecords() {
    return has(1L << 15);
  }

  /** Bits 17 and 18: matrix extensions. */
  public boolean allowsAmx() {
    return has(AMX);
  }

  private boolean has(long bits) {
    return (raw & bits) == bits;
  }
}
