package dev.keygate.operator.certificate;

/** What a look at the Secret found. */
sealed interface StoredCertificate {

  /** Nothing, as it is shipped. */
  record Empty() implements StoredCertificate {}

  /**
   * Something that is not ours.
   *
   * @param cause what is wrong with it
   */
  record Garbage(String cause) implements StoredCertificate {}

  /** A certificate that was issued before. */
  record Usable(IssuedCertificate issued) implements StoredCertificate {}

  /** Reads what was found. */
  static StoredCertificate of(SecretTexts texts) {
    if (texts.chain().isBlank() && texts.key().isBlank()) {
      return new Empty();
    }
    try {
      return new Usable(IssuedCertificate.parse(texts));
    } catch (CertificateFormatException e) {
      return new Garbage(String.valueOf(e.getMessage()));
    }
  }
}
