package dev.keygate.scenarios.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One object as a template makes it.
 *
 * @param text with the template's comments
 */
record RenderedObject(String text, JsonNode content) {

  private static final Pattern DOCUMENT =
      Pattern.compile("(?ms)^---\\n# Source: [^\\n]*\\n(.*?)(?=^---\\n|\\z)");

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Those that {@code helm template} prints. */
  static List<RenderedObject> parse(String printed) throws IOException {
    List<RenderedObject> objects = new ArrayList<>();
    Matcher document = DOCUMENT.matcher(printed);
    while (document.find()) {
      String text = document.group(1).strip() + "\n";
      objects.add(new RenderedObject(text, YAML.readTree(text)));
    }
    return objects;
  }

  String kind() {
    return content.path("kind").asText();
  }

  String name() {
    return content.at("/metadata/name").asText();
  }

  /** Such as {@code Service/keygate-webhook}. */
  String reference() {
    return kind() + "/" + name();
  }
}
