package dev.keygate.operator.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds' fields, as the CRDs have them. */
final class FieldsPage {

  private static final List<String> COLUMNS = List.of("field", "type", "meaning");

  /** Conditions of the policy grammar nest; what nests is described once. */
  private static final Set<String> NESTED = Set.of(".allOf[].allOf[]", ".allOf[].anyOf[]");

  private final List<List<String>> fields = new ArrayList<>();
  private final List<String> rules = new ArrayList<>();

  private FieldsPage() {}

  static String write(Path crds) throws IOException {
    Page page =
        new Page("Fields")
            .text("A field in bold is required. `[]` is an element of a list, `{}` of a map.");
    try (Stream<Path> files = Files.list(crds)) {
      for (Path file : files.sorted().toList()) {
        kind(page, Serialization.unmarshal(Files.readString(file), JsonNode.class).path("spec"));
      }
    }
    return page.write();
  }

  private static void kind(Page page, JsonNode crd) {
    JsonNode names = crd.path("names");
    JsonNode version = crd.path("versions").path(0);
    JsonNode schema = version.path("schema").path("openAPIV3Schema");
    page.heading(names.path("kind").asText())
        .text(schema.path("description").asText())
        .text(
            "`apiVersion: "
                + crd.path("group").asText()
                + "/"
                + version.path("name").asText()
                + "`; short name "
                + Page.code(names.path("shortNames").path(0).asText())
                + "; columns "
                + columns(version.path("additionalPrinterColumns"))
                + ".");
    FieldsPage collected = new FieldsPage();
    collected.collect("", schema);
    page.table(COLUMNS, collected.fields);
    if (!collected.rules.isEmpty()) {
      page.text("Rules beside the types:").list(collected.rules);
    }
  }

  private static String columns(JsonNode columns) {
    List<String> names = new ArrayList<>();
    for (JsonNode column : columns) {
      boolean isWide = column.path("priority").asInt() > 0;
      names.add(column.path("name").asText() + (isWide ? " (`-o wide`)" : ""));
    }
    return String.join(", ", names);
  }

  private void collect(String path, JsonNode schema) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      rules.add(
          (path.isEmpty() ? "" : Page.code(path.substring(1)) + ": ")
              + rule.path("message").asText());
    }
    JsonNode items = schema.path("items");
    if (items.isObject()) {
      collect(path + "[]", items);
    }
    JsonNode values = schema.path("additionalProperties");
    if (values.isObject()) {
      collect(path + "{}", values);
    }
    List<String> required = texts(schema.path("required"));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String child = path + "." + property.getKey();
      if (NESTED.stream().anyMatch(child::endsWith) || child.contains("anyOf[].anyOf[].")) {
        continue;
      }
      add(child, property.getValue(), required.contains(property.getKey()));
    }
  }

  private void add(String path, JsonNode schema, boolean isRequired) {
    String name = Page.code(path.substring(1));
    fields.add(
        List.of(
            isRequired ? "**" + name + "**" : name, type(schema), Comment.inline(meaning(schema))));
    collect(path, schema);
  }

  private static String meaning(JsonNode schema) {
    String fallback =
        schema.has("default") ? " Default: `" + plain(schema.path("default")) + "`." : "";
    return schema.path("description").asText() + fallback;
  }

  private static String type(JsonNode schema) {
    List<String> parts = new ArrayList<>();
    String type = schema.path("type").asText("any");
    parts.add(
        switch (type) {
          case "array" -> "list of " + schema.path("items").path("type").asText("any");
          case "object" -> schema.has("additionalProperties") ? "map" : "object";
          default -> schema.path("format").asText(type);
        });
    List<String> choices = texts(schema.path("enum"));
    if (!choices.isEmpty()) {
      parts.add(Page.code(choices.toArray(String[]::new)));
    }
    range(schema, "minimum", "maximum", "").ifPresent(parts::add);
    range(schema, "minLength", "maxLength", " characters").ifPresent(parts::add);
    range(schema, "minItems", "maxItems", " elements").ifPresent(parts::add);
    range(schema, "minProperties", "maxProperties", " entries").ifPresent(parts::add);
    return String.join("; ", parts);
  }

  private static Optional<String> range(JsonNode schema, String least, String most, String unit) {
    if (!schema.has(most)) {
      return Optional.empty();
    }
    String from = schema.has(least) ? schema.path(least).asLong() + " to " : "at most ";
    return Optional.of(from + schema.path(most).asLong() + unit);
  }

  private static String plain(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    if (array instanceof ArrayNode elements) {
      elements.forEach(element -> texts.add(element.asText()));
    }
    return texts;
  }
}
