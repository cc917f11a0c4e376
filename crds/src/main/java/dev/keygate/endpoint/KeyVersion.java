package dev.keygate.endpoint;

import java.util.regex.Pattern;

/**
 * A version of a key in a vault.
 *
 * @param value 32 lower-case hexadecimal digits, as the vault writes them
 */
public record KeyVersion(String value) {

  private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{32}");

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if it is not 32 lower-case hexadecimal digits
   */
  public KeyVersion {
    if (!FORMAT.matcher(value).matches()) {
      throw new IllegalArgumentException("a key version is 32 lower-case hexadecimal digits");
    }
  }

  /**
   * Reads a version as the vault writes it.
   *
   * @throws EndpointFormatException if it is not 32 lower-case hexadecimal digits
   */
  public static KeyVersion parse(String text) throws EndpointFormatException {
    if (!FORMAT.matcher(text).matches()) {
      throw new EndpointFormatException("a key version of 32 lower-case hexadecimal digits", text);
    }
    return new KeyVersion(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
