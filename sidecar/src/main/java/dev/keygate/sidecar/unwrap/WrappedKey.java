package dev.keygate.sidecar.unwrap;

import dev.keygate.evidence.bytes.Bytes;

/**
 * The two ciphertexts of a wrapped key.
 *
 * @param encryption how the AES key is wrapped
 * @param wrappedAesKey by RSA-OAEP, as long as the transfer key's modulus
 * @param wrappedMaterial by AES key wrap with padding, a multiple of 8 and at least 16 bytes
 */
public record WrappedKey(KeyEncryption encryption, Bytes wrappedAesKey, Bytes wrappedMaterial) {

  /** RFC 5649 §4.1: one block for any key of up to 8 bytes. */
  static final int SMALLEST_MATERIAL_BYTES = 16;

  /** Neither ciphertext. */
  @Override
  public String toString() {
    return "WrappedKey[" + encryption + "]";
  }
}
