package dev.keygate.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value and where it stood. */
public sealed interface JsonValue {

  /** Where the value's first character stood. */
  Position position();

  /** What it is, for a message: {@code an object}, {@code a string} and so on. */
  String kind();

  /**
   * Named values.
   *
   * @param members in the order of the text, names unique
   */
  record JsonObject(Map<String, JsonValue> members, Position position) implements JsonValue {
    /** Copies the members. */
    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /** An ordered list. */
  record JsonArray(List<JsonValue> elements, Position position) implements JsonValue {
    /** Copies the elements. */
    public JsonArray {
      elements = List.copyOf(elements);
    }

    @Override
    public String kind() {
      return "an array";
    }
  }

  /**
   * A string.
   *
   * @param text without lone surrogates
   */
  record JsonText(String text, Position position) implements JsonValue {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /**
   * A number.
   *
   * @param number exact, whatever its spelling
   */
  record JsonNumber(BigDecimal number, Position position) implements JsonValue {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** True or false. */
  record JsonBoolean(boolean isTrue, Position position) implements JsonValue {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** The literal {@code null}. */
  record JsonNull(Position position) implements JsonValue {
    @Override
    public String kind() {
      return "null";
    }
  }
}
