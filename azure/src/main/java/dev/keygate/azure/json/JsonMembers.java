package dev.keygate.azure.json;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.json.JsonLimits;
import dev.keygate.json.JsonReader;
import dev.keygate.json.JsonSyntaxException;
import dev.keygate.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, each read as the type that the reader expects. A member that is
 * {@code null} counts as absent; members nobody asks for are ignored. Immutable.
 */
public final class JsonMembers {

  /** No answer of a service, token or key set of ours comes near. */
  private static final JsonLimits LIMITS =
      new JsonLimits(4 << 20, 64, 200_000, JsonLimits.Comments.REFUSED);

  private final JsonValue.JsonObject object;
  private final String path;

  private JsonMembers(JsonValue.JsonObject object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * Reads one object that is the whole text.
   *
   * @throws JsonFormatException if it is not UTF-8, not one JSON object, names a member twice, is
   *     larger than 4 MiB or nested deeper than 64 levels
   */
  public static JsonMembers parse(Bytes utf8) throws JsonFormatException {
    return of(read(utf8));
  }

  private static JsonValue read(Bytes utf8) throws JsonFormatException {
    try {
      ByteBuffer octets = ByteBuffer.wrap(utf8.toArray());
      String text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
      return JsonReader.read(text, LIMITS);
    } catch (CharacterCodingException notUtf8) {
      throw new JsonFormatException("the text is not UTF-8");
    } catch (JsonSyntaxException notJson) {
      // Its own message quotes the text, which may be secret.
      throw new JsonFormatException("the text is not JSON at " + notJson.position());
    }
  }

  private static JsonMembers of(JsonValue value) throws JsonFormatException {
    if (value instanceof JsonValue.JsonObject object) {
      return new JsonMembers(object, "");
    }
    throw new JsonFormatException("the text is " + value.kind() + ", not an object");
  }

  /** The object itself. */
  public JsonValue.JsonObject object() {
    return object;
  }

  /** Whether there is such a member and it is not null. */
  public boolean has(String name) {
    return member(name) != null;
  }

  /**
   * The same members under lower-case names, for services that vary the case.
   *
   * @throws JsonFormatException if two names differ in case alone
   */
  public JsonMembers withLowerCaseNames() throws JsonFormatException {
    Map<String, JsonValue> lower = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      String name = member.getKey().toLowerCase(Locale.ROOT);
      if (lower.put(name, member.getValue()) != null) {
        throw new JsonFormatException("two members of " + describe() + " differ in case alone");
      }
    }
    return new JsonMembers(new JsonValue.JsonObject(lower, object.position()), path);
  }

  /** A string that must be there. */
  public String text(String name) throws JsonFormatException {
    return optionalText(name).orElseThrow(() -> unexpected(name, "a string", member(name)));
  }

  /** A string, if it is there. */
  public Optional<String> optionalText(String name) throws JsonFormatException {
    return switch (member(name)) {
      case null -> Optional.empty();
      case JsonValue.JsonText text -> Optional.of(text.text());
      case JsonValue other -> throw unexpected(name, "a string", other);
    };
  }

  /** A boolean, if it is there. */
  public Optional<Boolean> optionalBoolean(String name) throws JsonFormatException {
    return switch (member(name)) {
      case null -> Optional.empty();
      case JsonValue.JsonBoolean flag -> Optional.of(flag.isTrue());
      case JsonValue other -> throw unexpected(name, "a boolean", other);
    };
  }

  /** A whole number that must be there. */
  public long number(String name) throws JsonFormatException {
    return optionalNumber(name).orElseThrow(() -> unexpected(name, "a whole number", member(name)));
  }

  /**
   * A whole number, if it is there, written as a JSON number or, as the instance metadata service
   * does, as a string of decimal digits.
   */
  public Optional<Long> optionalNumber(String name) throws JsonFormatException {
    JsonValue value = member(name);
    return switch (value) {
      case null -> Optional.empty();
      case JsonValue.JsonNumber number -> Optional.of(whole(name, number));
      case JsonValue.JsonText text when text.text().matches("[0-9]{1,18}") ->
          Optional.of(Long.parseLong(text.text()));
      case JsonValue other -> throw unexpected(name, "a whole number", other);
    };
  }

  private long whole(String name, JsonValue.JsonNumber number) throws JsonFormatException {
    try {
      return number.number().longValueExact();
    } catch (ArithmeticException fractionOrTooLarge) {
      throw unexpected(name, "a whole number", number);
    }
  }

  /** An object that must be there. */
  public JsonMembers members(String name) throws JsonFormatException {
    return optionalMembers(name).orElseThrow(() -> unexpected(name, "an object", member(name)));
  }

  /** An object, if it is there. */
  public Optional<JsonMembers> optionalMembers(String name) throws JsonFormatException {
    return switch (member(name)) {
      case null -> Optional.empty();
      case JsonValue.JsonObject inner -> Optional.of(new JsonMembers(inner, at(name)));
      case JsonValue other -> throw unexpected(name, "an object", other);
    };
  }

  /** The elements of an array of objects; empty if it is absent. */
  public List<JsonMembers> list(String name) throws JsonFormatException {
    List<JsonMembers> inner = new ArrayList<>();
    for (JsonValue element : elements(name)) {
      if (!(element instanceof JsonValue.JsonObject found)) {
        throw unexpected(name, "an array of objects", element);
      }
      inner.add(new JsonMembers(found, at(name) + "[" + inner.size() + "]"));
    }
    return List.copyOf(inner);
  }

  /** The elements of an array of strings; empty if it is absent. */
  public List<String> texts(String name) throws JsonFormatException {
    List<String> texts = new ArrayList<>();
    for (JsonValue element : elements(name)) {
      if (!(element instanceof JsonValue.JsonText found)) {
        throw unexpected(name, "an array of strings", element);
      }
      texts.add(found.text());
    }
    return List.copyOf(texts);
  }

  /** The members of an object whose values are all strings; empty if it is absent. */
  public Map<String, String> textMap(String name) throws JsonFormatException {
    Map<String, String> texts = new LinkedHashMap<>();
    Optional<JsonMembers> inner = optionalMembers(name);
    if (inner.isPresent()) {
      for (String key : inner.get().object.members().keySet()) {
        texts.put(key, inner.get().optionalText(key).orElse(""));
      }
    }
    return Map.copyOf(texts);
  }

  private List<JsonValue> elements(String name) throws JsonFormatException {
    return switch (member(name)) {
      case null -> List.of();
      case JsonValue.JsonArray array -> array.elements();
      case JsonValue other -> throw unexpected(name, "an array", other);
    };
  }

  private @Nullable JsonValue member(String name) {
    JsonValue value = object.members().get(name);
    return value instanceof JsonValue.JsonNull ? null : value;
  }

  private JsonFormatException unexpected(String name, String expected, @Nullable JsonValue found) {
    String kind = found == null ? "absent" : found.kind();
    return new JsonFormatException(at(name) + " is " + kind + ", not " + expected);
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private String describe() {
    return path.isEmpty() ? "the object" : path;
  }

  /** Where it stood, never what it holds. */
  @Override
  public String toString() {
    return "JsonMembers[" + describe() + "]";
  }
}
