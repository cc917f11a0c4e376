package dev.keygate.sidecar.nonce;

import dev.keygate.azure.jose.Base64Url;
import dev.keygate.evidence.bytes.Bytes;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * A nonce of 32 random octets.
 *
 * @param text base64url without padding, 43 characters
 */
public record Nonce(String text) {

  private static final int OCTETS = 32;
  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{43}");

  /**
   * @throws IllegalArgumentException if the text is not 43 characters of base64url
   */
  public Nonce {
    if (!FORMAT.matcher(text).matches()) {
      throw new IllegalArgumentException("a nonce is 43 characters of base64url");
    }
  }

  /** One that nobody has seen. */
  public static Nonce fresh(SecureRandom random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return new Nonce(Base64Url.encode(Bytes.copyOf(octets)));
  }
}
