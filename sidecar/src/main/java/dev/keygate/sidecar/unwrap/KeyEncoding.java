package dev.keygate.sidecar.unwrap;

/** How a released key can be written. */
public enum KeyEncoding {
  /** One JSON object (RFC 7517), UTF-8. */
  JWK,
  /** PrivateKeyInfo in PEM (RFC 7468 §10); not for symmetric keys. */
  PKCS8_PEM,
  /** The octets of a symmetric key; of another one PrivateKeyInfo in DER. */
  RAW
}
