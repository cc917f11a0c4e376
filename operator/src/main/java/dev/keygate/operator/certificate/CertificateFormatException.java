package dev.keygate.operator.certificate;

import org.jspecify.annotations.Nullable;

/** A text is not the certificate or the key that it should be. */
final class CertificateFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected of which text; nothing of the text
   */
  CertificateFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
