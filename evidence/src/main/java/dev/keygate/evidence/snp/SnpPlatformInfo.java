package dev.keygate.evidence.snp;

/**
 * PLATFORM_INFO: what the platform has switched on. Unknown bits are kept and not refused: a
 * genuine Turin platform sets bit 6, which older descriptions of the ABI leave undefined.
 *
 * @param raw the eight octets as an unsigned number
 */
public record SnpPlatformInfo(long raw) {

  /** Bit 0: simultaneous multithreading is on. */
  public boolean isSmtEnabled() {
    return bit(0);
  }

  /** Bit 1: transparent memory encryption is on. */
  public boolean isTsmeEnabled() {
    return bit(1);
  }

  /** Bit 2: memory has error correction. */
  public boolean isEccEnabled() {
    return bit(2);
  }

  /** Bit 3: power reporting is off. */
  public boolean isRaplDisabled() {
    return bit(3);
  }

  /** Bit 4: ciphertext is hidden from the host. */
  public boolean isCiphertextHidingEnabled() {
    return bit(4);
  }

  /** Bit 5: memory was checked for aliases since the last reset. */
  public boolean isAliasCheckComplete() {
    return bit(5);
  }

  /** Bit 7: trusted I/O is on. */
  public boolean isTrustedIoEnabled() {
    return bit(7);
  }

  private boolean bit(int index) {
    return (raw >>> index & 1) != 0;
  }
}
