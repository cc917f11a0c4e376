package dev.keygate.endpoint;

/**
 * A text is not the name of a vault, key, key version or authority. The message says which format
 * was expected and what was found.
 */
public final class EndpointFormatException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTE = 160;

  EndpointFormatException(String expected, String found) {
    super("expected " + expected + ", found " + quote(found));
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(LONGEST_QUOTE)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(quoted::appendCodePoint);
    return quoted.append(text.length() > LONGEST_QUOTE ? "…'" : "'").toString();
  }
}
