package dev.keygate.policy.lint;

/** Quotes what a policy says within the length of a message. */
final class Shortened {

  private static final int LONGEST = 128;

  private Shortened() {}

  static String text(String text) {
    return "'" + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…") + "'";
  }
}
