package dev.keygate.emulator.json;

import java.util.Base64;
import java.util.HexFormat;

/** Base64 as Azure writes it (URL alphabet, no padding) and as it reads it (anything). */
public final class Base64Text {

  private Base64Text() {}

  /** URL alphabet without padding. */
  public static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Standard alphabet with padding. */
  public static String standard(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Lower-case hexadecimal. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Decodes either alphabet, with or without padding and line breaks: shipping clients send all of
   * these.
   *
   * @throws MalformedTextException if the text is base64 in no alphabet
   */
  public static byte[] decode(String text) throws MalformedTextException {
    String normal = text.replace("\r", "").replace("\n", "").replace('+', '-').replace('/', '_');
    int end = normal.length();
    while (end > 0 && normal.charAt(end - 1) == '=') {
      end--;
    }
    try {
      return Base64.getUrlDecoder().decode(normal.substring(0, end));
    } catch (IllegalArgumentException e) {
      throw new MalformedTextException("base64 text is expected");
    }
  }
}
