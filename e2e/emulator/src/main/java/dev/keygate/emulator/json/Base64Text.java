package dev.keygate.emulator.json;

import java.util.Arrays;
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
    try {
      return Base64.getUrlDecoder().decode(normal(text));
    } catch (IllegalArgumentException e) {
      throw new MalformedTextException("base64 text is expected");
    }
  }

  private static byte[] normal(String text) {
    byte[] normal = new byte[text.length()];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter != '\r' && letter != '\n') {
        normal[size++] = normal(letter);
      }
    }
    while (size > 0 && normal[size - 1] == '=') {
      size--;
    }
    return Arrays.copyOf(normal, size);
  }

  private static byte normal(char letter) {
    return switch (letter) {
      case '+' -> '-';
      case '/' -> '_';
      // A letter of no alphabet for every one that is not ASCII.
      default -> (byte) (letter < 0x80 ? letter : '!');
    };
  }
}
