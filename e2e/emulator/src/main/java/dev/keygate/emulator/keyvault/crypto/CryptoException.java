package dev.keygate.emulator.keyvault.crypto;

/** The octets cannot be treated by this algorithm with this key. */
final class CryptoException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected, without what was found
   */
  CryptoException(String message) {
    super(message);
  }
}
