package dev.keygate.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names a release policy by its canonical text.
 *
 * @param value {@code sha256:} and 64 lower-case hexadecimal digits, over the UTF-8 bytes of {@link
 *     CanonicalWriter#write}
 */
public record PolicyDigest(String value) {

  private static final Pattern FORMAT = Pattern.compile("sha256:[0-9a-f]{64}");

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if it is not in that format
   */
  public PolicyDigest {
    if (!isDigest(value)) {
      throw new IllegalArgumentException("a policy digest is sha256: and 64 lower-case hex digits");
    }
  }

  /** The digest of a policy. */
  public static PolicyDigest of(ReleasePolicyDocument document) {
    byte[] text = CanonicalWriter.write(document).getBytes(StandardCharsets.UTF_8);
    return new PolicyDigest("sha256:" + HexFormat.of().formatHex(sha256().digest(text)));
  }

  /** Whether a text is in the format of a digest. */
  public static boolean isDigest(String text) {
    return FORMAT.matcher(text).matches();
  }

  /** Whether both name the same canonical text; takes the same time wherever they differ. */
  public boolean matches(PolicyDigest other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.US_ASCII), other.value.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return value;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
