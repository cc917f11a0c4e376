package dev.keygate.operator.certificate;

/**
 * What the Secret holds, as PEM text.
 *
 * @param chain {@code tls.crt}
 * @param key {@code tls.key}
 * @param authorities {@code ca.crt}
 * @param authorityKey {@code ca.key}
 */
record SecretTexts(String chain, String key, String authorities, String authorityKey) {

  /** Without any of it. */
  @Override
  public String toString() {
    return "SecretTexts[redacted]";
  }
}
