package dev.keygate.scenarios.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands of a page's {@code console} blocks, each with what it prints. */
record Transcript(List<Entry> entries) {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```$");
  private static final String PROMPT = "$ ";
  private static final String ANYTHING = "…";

  Transcript {
    entries = List.copyOf(entries);
  }

  /**
   * A command and its output.
   *
   * @param output with {@code …} for what differs each time
   */
  record Entry(String command, String output) {

    boolean isAnsweredBy(String printed) {
      String pattern =
          Arrays.stream(output.strip().split(ANYTHING, -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      return Pattern.compile(pattern, Pattern.DOTALL).matcher(printed.strip()).matches();
    }
  }

  static Transcript of(String page) {
    List<Entry> entries = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(page); block.find(); ) {
      List<String> lines = block.group(1).lines().toList();
      for (int i = 0; i < lines.size(); ) {
        if (!lines.get(i).startsWith(PROMPT)) {
          throw new IllegalArgumentException("expected a command, found " + lines.get(i));
        }
        int end = i + 1;
        while (end < lines.size() && !lines.get(end).startsWith(PROMPT)) {
          end++;
        }
        entries.add(
            new Entry(
                lines.get(i).substring(PROMPT.length()),
                String.join("\n", lines.subList(i + 1, end))));
        i = end;
      }
    }
    return new Transcript(entries);
  }
}
