package dev.keygate.scenarios.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of the chart's values.yaml.
 *
 * @param path such as {@code sidecar.image.tag}
 * @param comment the lines above it, joined; empty if there are none
 * @param value its default
 */
record DocumentedValue(String path, String comment, JsonNode value) {

  /** What Kubernetes describes, and we do not. */
  private static final String KUBERNETES_OWN = "resources";

  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):.*");

  private record Level(int indent, String name) {}

  /** All of them, in the order of the file. */
  static List<DocumentedValue> read() throws IOException {
    String text = Files.readString(KeygateChart.FOLDER.resolve("values.yaml"));
    JsonNode root = new YAMLMapper().readTree(text);
    List<DocumentedValue> values = new ArrayList<>();
    List<String> comment = new ArrayList<>();
    Deque<Level> levels = new ArrayDeque<>();
    for (String line : text.lines().toList()) {
      Matcher key = KEY.matcher(line);
      if (line.strip().startsWith("#")) {
        comment.add(line.strip().substring(1).strip());
      } else if (key.matches()) {
        int indent = key.group(1).length();
        while (!levels.isEmpty() && levels.getLast().indent() >= indent) {
          levels.removeLast();
        }
        boolean ours = levels.isEmpty() || !levels.getLast().name().equals(KUBERNETES_OWN);
        levels.addLast(new Level(indent, key.group(2)));
        List<String> names = levels.stream().map(Level::name).toList();
        if (ours) {
          JsonNode value = root.at("/" + String.join("/", names));
          values.add(
              new DocumentedValue(String.join(".", names), String.join(" ", comment), value));
        }
        comment.clear();
      }
    }
    return values;
  }

  /** A row of the README's table; what has keys of its own has no default. */
  String row(List<DocumentedValue> all) {
    boolean section = all.stream().anyMatch(other -> other.path().startsWith(path + "."));
    String shown = section ? "" : "`" + value + "`";
    return "| `"
        + path
        + "` | "
        + shown
        + " | "
        + comment.replace("|", "\\|").replace("<", "&lt;")
        + " |";
  }
}
