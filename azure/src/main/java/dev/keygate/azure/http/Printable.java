package dev.keygate.azure.http;

/** Makes text of a remote fit for a message: bounded, and of harmless characters alone. */
public final class Printable {

  private static final int LIMIT_CHARS = 64;

  private Printable() {}

  /** At most 64 characters; everything but letters, digits and {@code ._:/+-} becomes {@code ?}. */
  public static String of(String text) {
    return of(text, LIMIT_CHARS);
  }

  /** The same with another limit. */
  public static String of(String text, int limitChars) {
    String head = text.length() > limitChars ? text.substring(0, limitChars) : text;
    return head.replaceAll("[^A-Za-z0-9._:/+-]", "?");
  }
}
