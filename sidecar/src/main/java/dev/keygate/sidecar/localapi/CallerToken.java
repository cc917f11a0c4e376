package dev.keygate.sidecar.localapi;

import dev.keygate.azure.jose.Base64Url;
import dev.keygate.evidence.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** What a container shows to have its keys. It shows itself to the file it is written to alone. */
final class CallerToken {

  private static final int OCTETS = 32;
  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String text;

  /**
   * @throws IllegalArgumentException if it is not 43 characters of base64url; not quoted
   */
  CallerToken(String text) {
    if (!isToken(text)) {
      throw new IllegalArgumentException("not a caller token");
    }
    this.text = text;
  }

  static CallerToken fresh(SecureRandom random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return new CallerToken(Base64Url.encode(Bytes.copyOf(octets)));
  }

  static boolean isToken(String text) {
    return FORMAT.matcher(text).matches();
  }

  /** The text, for the container's file and nothing else. */
  String reveal() {
    return text;
  }

  /** Takes the same time for every text of the same length. */
  boolean isSameAs(String presented) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "CallerToken[redacted]";
  }
}
