package dev.keygate.azure.attestation;

import dev.keygate.evidence.bytes.Bytes;

/**
 * A platform configuration register.
 *
 * @param index from 0 to 23
 * @param digest its value in the SHA-256 bank, 32 bytes
 */
public record GuestPcr(int index, Bytes digest) {

  private static final int LAST = 23;
  private static final int SHA256_BYTES = 32;

  /** Checks index and size. */
  public GuestPcr {
    if (index < 0 || index > LAST || digest.size() != SHA256_BYTES) {
      throw new IllegalArgumentException("not a register of the SHA-256 bank");
    }
  }
}
