package dev.keygate.evidence.tpm.command;

import java.util.Arrays;

/**
 * A plaintext that came out of a TPM; a secret. It is zeroed by {@link #close}, shows nothing in
 * {@link #toString} and compares to nothing. Not safe for use by several threads.
 */
public final class DecryptedMessage implements AutoCloseable {

  private final byte[] octets;

  private DecryptedMessage(byte[] octets) {
    this.octets = octets;
  }

  static DecryptedMessage takeOwnershipOf(byte[] octets) {
    return new DecryptedMessage(octets);
  }

  static DecryptedMessage copyOf(byte[] array, int from, int length) {
    return new DecryptedMessage(Arrays.copyOfRange(array, from, from + length));
  }

  /** The size of the plaintext in bytes. */
  public int sizeBytes() {
    return octets.length;
  }

  /** A copy of the plaintext; the caller owns the array and zeroes it. */
  public byte[] reveal() {
    return octets.clone();
  }

  /** Zeroes the plaintext. */
  @Override
  public void close() {
    Arrays.fill(octets, (byte) 0);
  }

  @Override
  public String toString() {
    return "DecryptedMessage[" + octets.length + " bytes, redacted]";
  }
}
