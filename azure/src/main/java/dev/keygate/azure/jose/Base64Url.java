package dev.keygate.azure.jose;

import dev.keygate.evidence.bytes.Bytes;
import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 7515 §2), in its one canonical spelling. */
public final class Base64Url {

  private Base64Url() {}

  /** The text without padding. */
  public static String encode(Bytes octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets.toArray());
  }

  /**
   * Empty unless the text is exactly what {@link #encode} writes: padding, white space and stray
   * bits in the last character are refused, so that no two texts stand for the same octets.
   */
  public static Optional<Bytes> decode(String text) {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(text);
      Bytes decoded = Bytes.copyOf(octets);
      return encode(decoded).equals(text) ? Optional.of(decoded) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
