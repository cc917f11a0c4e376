package dev.keygate.emulator.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** JSON trees: duplicate members and trailing text are refused, depth and lengths are bounded. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Reads an object.
   *
   * @throws MalformedTextException if the text is no JSON object
   */
  public static ObjectNode parseObject(String text) throws MalformedTextException {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw new MalformedTextException("a JSON object is expected");
    } catch (JsonProcessingException e) {
      throw new MalformedTextException("a JSON object is expected");
    }
  }

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An empty array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The text of a member; empty where it is absent or no string. */
  public static Optional<String> text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  /** A member whose name is matched without regard to case; a missing node where absent. */
  public static JsonNode anyCase(JsonNode object, String member) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().toLowerCase(Locale.ROOT).equals(member.toLowerCase(Locale.ROOT))) {
        return field.getValue();
      }
    }
    return object.path(member);
  }
}
