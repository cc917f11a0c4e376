package dev.keygate.evidence.snp;

/**
 * POLICY: what the guest's owner allowed at launch (AMD 56860, table "Guest policy structure").
 *
 * @param raw the eight octets as an unsigned number
 */
public record SnpGuestPolicy(long raw) {

  private static final int HIGHEST_KNOWN_BIT = 25;

  /** The lowest minor version of the firmware ABI that may run the guest. */
  public int minimumAbiMinor() {
    return (int) raw & 0xFF;
  }

  /** The lowest major version of the firmware ABI that may run the guest. */
  public int minimumAbiMajor() {
    return (int) (raw >>> 8) & 0xFF;
  }

  /** Bit 16: the guest may run where simultaneous multithreading is on. */
  public boolean allowsSmt() {
    return bit(16);
  }

  /** Bit 18: a migration agent may be bound, which can read the guest's memory. */
  public boolean allowsMigrationAgent() {
    return bit(18);
  }

  /** Bit 19: the host may read and write the guest's memory through debug commands. */
  public boolean allowsDebug() {
    return bit(19);
  }

  /** Bit 20: the guest may run on one socket only. */
  public boolean requiresSingleSocket() {
    return bit(20);
  }

  /** Bit 21: the guest's memory may lie on CXL devices. */
  public boolean allowsCxl() {
    return bit(21);
  }

  /** Bit 22: memory must be encrypted with AES-256-XTS. */
  public boolean requiresAes256Xts() {
    return bit(22);
  }

  /** Bit 23: power reporting must be disabled. */
  public boolean requiresRaplDisabled() {
    return bit(23);
  }

  /** Bit 24: ciphertext must be hidden from the host. */
  public boolean requiresCiphertextHiding() {
    return bit(24);
  }

  /** Bit 25: page swapping by the host must be disabled. */
  public boolean requiresPageSwapDisabled() {
    return bit(25);
  }

  /** Bit 17, which the ABI demands to be set. */
  boolean hasMandatoryBit() {
    return bit(17);
  }

  /** Whether a bit is set that no known ABI defines. */
  boolean hasUnknownBits() {
    return raw >>> (HIGHEST_KNOWN_BIT + 1) != 0;
  }

  private boolean bit(int index) {
    return (raw >>> index & 1) != 0;
  }
}
