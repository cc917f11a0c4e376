package dev.keygate.sidecar.unwrap;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.secret.SecretBytes;

/** The private half of a transfer key pair, wherever it lives. */
public interface TransferKey {

  /** The size of the modulus, and so of everything that is encrypted for it, in bytes. */
  int modulusBytes();

  /**
   * Opens an RSA-OAEP ciphertext with an empty label; the caller closes the result.
   *
   * @param ciphertext {@link #modulusBytes()} bytes
   * @throws FailureException if the ciphertext is not for this key, or the key cannot be used
   */
  SecretBytes decrypt(KeyEncryption encryption, Bytes ciphertext)
      throws FailureException, InterruptedException;
}
