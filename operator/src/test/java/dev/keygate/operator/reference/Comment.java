package dev.keygate.operator.reference;

import java.util.regex.Pattern;

/** The text of a Javadoc comment as Markdown, without its block tags. */
final class Comment {

  private static final Pattern CODE = Pattern.compile("\\{@code\\s+([^}]*)}");
  private static final Pattern LINK = Pattern.compile("\\{@link\\s+(?:[^}]*[#.])?([^}#.]*)}");
  private static final Pattern BLOCK_TAGS = Pattern.compile("(?ms)^\\s*@\\w+.*\\z");
  private static final Pattern SENTENCE = Pattern.compile("(?<=\\.)\\s");

  private Comment() {}

  /** In one line, as a cell of a table takes it. */
  static String inline(String comment) {
    String text = BLOCK_TAGS.matcher(comment).replaceFirst("");
    text = CODE.matcher(text).replaceAll("`$1`");
    text = LINK.matcher(text).replaceAll("`$1`");
    return text.replace("<p>", "").replaceAll("\\s+", " ").replace("|", "\\|").strip();
  }

  static String firstSentence(String comment) {
    return SENTENCE.split(inline(comment), 2)[0];
  }
}
