package dev.keygate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.keygate.json.JsonValue.JsonArray;
import dev.keygate.json.JsonValue.JsonBoolean;
import dev.keygate.json.JsonValue.JsonNull;
import dev.keygate.json.JsonValue.JsonNumber;
import dev.keygate.json.JsonValue.JsonObject;
import dev.keygate.json.JsonValue.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON value from a text that nobody vouches for. */
public final class JsonReader {

  /** Longer numbers are no comparison value; they only cost time. */
  private static final int LONGEST_NUMBER = 64;

  /** A double ends at 10^308; beyond that, arithmetic on the scale itself could overflow. */
  private static final int LARGEST_EXPONENT = 400;

  private static final int LONGEST_NAME = 4096;
  private static final int LONGEST_MESSAGE = 160;

  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads a text that holds one value and nothing after it. Member names are unique in their
   * object, and strings are well-formed Unicode.
   *
   * @throws JsonSyntaxException for every other text
   */
  public static JsonValue read(String json, JsonLimits limits) throws JsonSyntaxException {
    refuseLargerThan(limits.maxBytes(), json);
    JsonFactory factory = factory(limits);
    try (JsonParser parser = factory.createParser(json)) {
      JsonReader reader = new JsonReader(parser);
      parser.nextToken();
      JsonValue value = reader.value();
      if (parser.nextToken() != null) {
        throw reader.syntax("the end of the text", "more after the value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new JsonSyntaxException(
          positionOf(e.getLocation()), "JSON", shorten(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private static void refuseLargerThan(int maxBytes, String json) throws JsonSyntaxException {
    int size =
        json.length() > maxBytes ? json.length() : json.getBytes(StandardCharsets.UTF_8).length;
    if (size > maxBytes) {
      throw new JsonSyntaxException(
          Position.START, "at most " + maxBytes + " bytes", "at least " + size);
    }
  }

  private static JsonFactory factory(JsonLimits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxTokenCount(limits.maxTokens())
                .maxStringLength(limits.maxBytes())
                .maxNameLength(LONGEST_NAME)
                .maxNumberLength(LONGEST_NUMBER)
                .build())
        .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
        .configure(
            JsonReadFeature.ALLOW_JAVA_COMMENTS, limits.comments() == JsonLimits.Comments.ALLOWED)
        .build();
  }

  private JsonValue value() throws IOException, JsonSyntaxException {
    JsonToken token = parser.currentToken();
    Position position = position();
    return switch (token) {
      case START_OBJECT -> object(position);
      case START_ARRAY -> array(position);
      case VALUE_STRING -> new JsonText(text(), position);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(number(), position);
      case VALUE_TRUE -> new JsonBoolean(true, position);
      case VALUE_FALSE -> new JsonBoolean(false, position);
      case VALUE_NULL -> new JsonNull(position);
      case null -> throw syntax("a JSON value", "the end of the text");
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw syntax("a JSON value", token.name());
    };
  }

  private JsonObject object(Position start) throws IOException, JsonSyntaxException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = text();
      if (members.containsKey(name)) {
        throw syntax("each member once", "'" + shorten(name) + "' again");
      }
      parser.nextToken();
      members.put(name, value());
    }
    return new JsonObject(members, start);
  }

  private JsonArray array(Position start) throws IOException, JsonSyntaxException {
    List<JsonValue> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return new JsonArray(elements, start);
  }

  /** Lone surrogates have no UTF-8 form: two different texts would share one digest. */
  private String text() throws IOException, JsonSyntaxException {
    String text = parser.getText();
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw syntax("well-formed Unicode", "half of a surrogate pair");
    }
    return text;
  }

  private BigDecimal number() throws IOException, JsonSyntaxException {
    try {
      BigDecimal number = new BigDecimal(parser.getText());
      if (Math.abs((long) number.scale()) <= LARGEST_EXPONENT) {
        return number;
      }
    } catch (NumberFormatException _) {
      // The text is a JSON number, so only its exponent can be beyond what BigDecimal has.
    }
    throw syntax("a number below 10^" + LARGEST_EXPONENT, "a larger exponent");
  }

  private JsonSyntaxException syntax(String expected, String found) {
    return new JsonSyntaxException(position(), expected, found);
  }

  private Position position() {
    return positionOf(parser.currentTokenLocation());
  }

  private static Position positionOf(JsonLocation location) {
    return location == null
        ? Position.START
        : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
  }
}
