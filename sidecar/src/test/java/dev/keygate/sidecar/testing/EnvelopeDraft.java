package dev.keygate.sidecar.testing;

import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;

/**
 * A release envelope as a vault would write it, every part of which can be made wrong.
 *
 * @param requestKid the key that was asked for
 * @param requestEnc how it was to be wrapped
 * @param requestNonce JSON of the nonce member with a comma, or nothing
 * @param responseKid the key that is released, with its version
 * @param publicKey JSON members of the public half, without braces
 * @param keyHsm the wrapped key
 */
public record EnvelopeDraft(
    String requestKid,
    String requestEnc,
    String requestNonce,
    String responseKid,
    String publicKey,
    String keyHsm) {

  /** The version that is current. */
  public static final String VERSION = "0123456789abcdef0123456789abcdef";

  /** The target key of {@link Keys}, wrapped to the transfer key there. */
  public static EnvelopeDraft of(String requestKid, String enc, String nonce) {
    String base = requestKid.replaceFirst("/[0-9a-f]{32}$", "");
    return new EnvelopeDraft(
        requestKid,
        enc,
        ",\"nonce\":\"" + nonce + "\"",
        base + "/" + VERSION,
        rsa(Keys.publicKey(Keys.TARGET)),
        keyHsm(enc, Keys.TARGET));
  }

  /** The {@code key_hsm} of a key pair. */
  public static String keyHsm(String enc, KeyPair key) {
    byte[] ciphertext =
        WrappedMaterial.ciphertext(
            enc, Keys.publicKey(Keys.TRANSFER), key.getPrivate().getEncoded());
    return keyHsm("1.0", "dir", enc, Jws.base64Url(ciphertext));
  }

  /** A {@code key_hsm} of these parts. */
  public static String keyHsm(String schema, String alg, String enc, String ciphertext) {
    return Jws.base64Url(
        """
        {"schema_version":"%s","header":{"kid":"k","alg":"%s","enc":"%s"},"ciphertext":"%s"}
        """
            .formatted(schema, alg, enc, ciphertext));
  }

  /** The members of an RSA key; the exponent as vaults write it. */
  public static String rsa(RSAPublicKey key) {
    return "\"kty\":\"RSA-HSM\",\"n\":\""
        + Jws.number(key.getModulus())
        + "\",\"e\":\""
        + Jws.base64Url(new byte[] {0, 1, 0, 1})
        + "\"";
  }

  /** The payload. */
  public String payload() {
    return """
    {"request":{"api-version":"7.4","enc":"%s","kid":"%s"%s},
     "response":{"key":{"key":{"kid":"%s","key_ops":["encrypt","decrypt","export"],%s,
       "key_hsm":"%s"},
       "attributes":{"enabled":true,"exportable":true}}}}
    """
        .formatted(requestEnc, requestKid, requestNonce, responseKid, publicKey, keyHsm);
  }

  /** Signed as a vault signs. */
  public String sign(TestCertificates certificates) {
    return sign(certificates, certificates.leafKey());
  }

  /** Signed with another key than the leaf's. */
  public String sign(TestCertificates certificates, KeyPair key) {
    String header = "{\"alg\":\"RS256\",\"x5c\":" + certificates.x5c() + "}";
    return Jws.sign(header, payload(), key.getPrivate());
  }

  /** The same with another requested key. */
  public EnvelopeDraft withRequestKid(String other) {
    return new EnvelopeDraft(other, requestEnc, requestNonce, responseKid, publicKey, keyHsm);
  }

  /** The same with another echo of the encryption. */
  public EnvelopeDraft withRequestEnc(String other) {
    return new EnvelopeDraft(requestKid, other, requestNonce, responseKid, publicKey, keyHsm);
  }

  /** The same with another nonce member, a comma before it, or nothing. */
  public EnvelopeDraft withRequestNonce(String other) {
    return new EnvelopeDraft(requestKid, requestEnc, other, responseKid, publicKey, keyHsm);
  }

  /** The same with another released key. */
  public EnvelopeDraft withResponseKid(String other) {
    return new EnvelopeDraft(requestKid, requestEnc, requestNonce, other, publicKey, keyHsm);
  }

  /** The same with another public half. */
  public EnvelopeDraft withPublicKey(String other) {
    return new EnvelopeDraft(requestKid, requestEnc, requestNonce, responseKid, other, keyHsm);
  }

  /** The same with another wrapped key. */
  public EnvelopeDraft withKeyHsm(String other) {
    return new EnvelopeDraft(requestKid, requestEnc, requestNonce, responseKid, publicKey, other);
  }
}
