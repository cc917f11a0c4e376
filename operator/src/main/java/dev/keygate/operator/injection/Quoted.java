package dev.keygate.operator.injection;

/** Text of a stranger's in a sentence of ours: on one line, and not for ever. */
public final class Quoted {

  private static final int LONGEST = 80;

  private Quoted() {}

  /** The text in quotes, cut after 80 characters. */
  public static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST ? "'" + line + "'" : "'" + line.substring(0, LONGEST) + "…'";
  }
}
