package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * ATTRIBUTES of a TD (Intel TDX module ABI specification, "ATTRIBUTES"). The specification has
 * three groups: TUD (bits 7 to 0), any of which makes the TD untrusted; SEC (bits 31 to 8), which
 * concern its security; OTHER (bits 63 to 32), which do not. A reserved bit of TUD or SEC is
 * refused, one of OTHER is kept: a newer module may define it, and nothing depends on it.
 *
 * @param raw the eight octets as an unsigned number
 */
public record TdAttributes(long raw) {

  private static final long TUD = 0xFFL;
  private static final long TUD_AND_SEC = 0xFFFFFFFFL;
  private static final long DEFINED = 1L | 0x7L << 4 | 1L << 16 | 0x1FL << 27;

  static TdAttributes read(String format, int offsetBytes, Bytes field)
      throws EvidenceFormatException {
    TdAttributes attributes = new TdAttributes(LittleEndian.number(field));
    if ((attributes.raw & TUD_AND_SEC & ~DEFINED) != 0) {
      throw new EvidenceFormatException(
          format,
          offsetBytes,
          "TDATTRIBUTES",
          "no reserved bit of the groups TUD and SEC",
          "0x" + Long.toHexString(attributes.raw));
    }
    return attributes;
  }

  /** Bit 0, DEBUG: the host may read and write the TD's memory and registers. */
  public boolean allowsDebug() {
    return bit(0);
  }

  /** Bits 7 to 1 of TUD: HGS+ (4), performance (5) or telemetry (6) profiling of the TD. */
  public boolean allowsProfiling() {
    return (raw & TUD & ~1L) != 0;
  }

  /** Bit 16, ICSSD: defence against single-stepping by counting instructions. */
  public boolean isSingleStepDefended() {
    return bit(16);
  }

  /** Bit 27, LASS: linear address space separation may be used. */
  public boolean allowsLass() {
    return bit(27);
  }

  /** Bit 28, SEPT_VE_DISABLE: an access to memory not accepted stops the TD and raises no #VE. */
  public boolean isSeptVeDisabled() {
    return bit(28);
  }

  /** Bit 29, MIGRATABLE: a migration TD can move the TD to another machine. */
  public boolean isMigratable() {
    return bit(29);
  }

  /** Bit 30, PKS: supervisor protection keys may be used. */
  public boolean allowsPks() {
    return bit(30);
  }

  /** Bit 31, KL: key locker may be used. */
  public boolean allowsKeyLocker() {
    return bit(31);
  }

  /** Bit 62, TPA: the TD is a quoting or provisioning agent. */
  public boolean isTpa() {
    return bit(62);
  }

  /** Bit 63, PERFMON: the TD may use performance monitoring. */
  public boolean allowsPerfmon() {
    return bit(63);
  }

  private boolean bit(int index) {
    return (raw >>> index & 1) != 0;
  }
}
