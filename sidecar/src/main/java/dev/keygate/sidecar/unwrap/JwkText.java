package dev.keygate.sidecar.unwrap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Composes a JSON object whose values may be secret, in one array that is zeroed when it grows.
 * Names and plain texts must not need escaping.
 */
final class JwkText {

  private byte[] text = new byte[512];
  private int length;

  JwkText() {
    append('{');
  }

  JwkText member(String name, String plainText) {
    name(name);
    quoted(plainText.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  JwkText member(String name, Iterable<String> plainTexts) {
    name(name);
    append('[');
    for (String plainText : plainTexts) {
      separate('[');
      quoted(plainText.getBytes(StandardCharsets.US_ASCII));
    }
    append(']');
    return this;
  }

  /** A number of the key, left-padded with zeros to the size. */
  JwkText number(String name, byte[] octets, DerRange place, int size) {
    byte[] padded = new byte[size];
    System.arraycopy(octets, place.offset(), padded, size - place.length(), place.length());
    byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(padded);
    Arrays.fill(padded, (byte) 0);
    name(name);
    quoted(encoded);
    Arrays.fill(encoded, (byte) 0);
    return this;
  }

  /** A number of the key as it is. */
  JwkText number(String name, byte[] octets, DerRange place) {
    return number(name, octets, place, place.length());
  }

  /** Closes the object; the array is the caller's, and this is of no more use. */
  byte[] finish() {
    append('}');
    byte[] whole = Arrays.copyOf(text, length);
    Arrays.fill(text, (byte) 0);
    return whole;
  }

  private void name(String name) {
    separate('{');
    quoted(name.getBytes(StandardCharsets.US_ASCII));
    append(':');
  }

  private void separate(char opening) {
    if (text[length - 1] != opening) {
      append(',');
    }
  }

  private void quoted(byte[] ascii) {
    append('"');
    reserve(ascii.length);
    System.arraycopy(ascii, 0, text, length, ascii.length);
    length += ascii.length;
    append('"');
  }

  private void append(char ascii) {
    reserve(1);
    text[length++] = (byte) ascii;
  }

  private void reserve(int more) {
    if (length + more > text.length) {
      byte[] larger = Arrays.copyOf(text, Math.max(text.length * 2, length + more));
      Arrays.fill(text, (byte) 0);
      text = larger;
    }
  }
}
