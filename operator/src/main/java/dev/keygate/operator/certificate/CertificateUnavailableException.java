package dev.keygate.operator.certificate;

import org.jspecify.annotations.Nullable;

/** There is no certificate to show at the moment; it is looked for again. */
public final class CertificateUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is missing, where, and what to do; no key material
   */
  CertificateUnavailableException(String message) {
    this(message, null);
  }

  /**
   * @param message what is missing, where, and what to do; no key material
   */
  CertificateUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
