package dev.keygate.operator.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A page of the reference, as it grows. */
final class Page {

  private static final String NOTICE =
      "Generated; [how](README.md). A test compares this page with the code.";

  private final List<String> blocks = new ArrayList<>();

  Page(String title) {
    blocks.add("# " + title);
    blocks.add(NOTICE);
  }

  Page heading(String text) {
    blocks.add("## " + text);
    return this;
  }

  Page subheading(String text) {
    blocks.add("### " + text);
    return this;
  }

  Page text(String text) {
    blocks.add(text);
    return this;
  }

  Page list(List<String> items) {
    blocks.add(items.stream().map(item -> "- " + item).collect(Collectors.joining("\n")));
    return this;
  }

  /** A table; rows have as many cells as there are columns. */
  Page table(List<String> columns, List<List<String>> rows) {
    String rule = columns.stream().map(_ -> "---").collect(Collectors.joining("|", "|", "|"));
    List<String> lines = new ArrayList<>(List.of(row(columns), rule));
    rows.forEach(cells -> lines.add(row(cells)));
    blocks.add(String.join("\n", lines));
    return this;
  }

  String write() {
    return String.join("\n\n", blocks) + "\n";
  }

  static String code(String... names) {
    return Arrays.stream(names).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
