package dev.keygate.sidecar.unwrap;

import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * How a vault wraps a key for release: an AES-256 key by RSA-OAEP, the key itself by AES key wrap
 * with padding (RFC 5649). The constants are spelled as the wire's {@code enc}; they differ in
 * OAEP's hash, which MGF1 shares.
 */
public enum KeyEncryption {
  /** SHA-1; what vaults do when a request names none. */
  CKM_RSA_AES_KEY_WRAP("SHA-1"),
  /** SHA-256. */
  RSA_AES_KEY_WRAP_256("SHA-256"),
  /** SHA-384. */
  RSA_AES_KEY_WRAP_384("SHA-384");

  private final String hash;

  KeyEncryption(String hash) {
    this.hash = hash;
  }

  /** The one that the wire calls so; case matters. */
  public static Optional<KeyEncryption> of(String wireName) {
    return Arrays.stream(values()).filter(known -> known.name().equals(wireName)).findFirst();
  }

  /** The hash of OAEP and of MGF1, as the JDK names it. */
  public String hash() {
    return hash;
  }

  /** OAEP with that hash twice and an empty label; the JDK's own defaults mix two hashes. */
  OAEPParameterSpec oaepParameters() {
    return new OAEPParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
  }
}
