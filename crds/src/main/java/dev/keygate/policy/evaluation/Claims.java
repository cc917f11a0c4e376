package dev.keygate.policy.evaluation;

import dev.keygate.json.JsonLimits;
import dev.keygate.json.JsonReader;
import dev.keygate.json.JsonSyntaxException;
import dev.keygate.json.JsonValue;
import dev.keygate.json.JsonValue.JsonArray;
import dev.keygate.json.JsonValue.JsonBoolean;
import dev.keygate.json.JsonValue.JsonNull;
import dev.keygate.json.JsonValue.JsonNumber;
import dev.keygate.json.JsonValue.JsonObject;
import dev.keygate.json.JsonValue.JsonText;
import dev.keygate.policy.ClaimName;
import dev.keygate.policy.PolicyLimits;
import dev.keygate.policy.ScalarValue;
import java.util.Optional;

/** The claims of a token: an immutable JSON object. Says nothing about who vouches for them. */
public final class Claims {

  /** UTF-8 bytes of the text; attestation tokens have some 10 KiB. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final JsonLimits LIMITS =
      new JsonLimits(MAX_BYTES, 32, 40_000, JsonLimits.Comments.REFUSED);

  private final JsonObject root;

  private Claims(JsonObject root) {
    this.root = root;
  }

  /**
   * Reads a token's payload: one JSON object of at most {@link #MAX_BYTES} bytes, 32 levels deep,
   * no member twice.
   *
   * @throws ClaimsFormatException for every other text
   */
  public static Claims parse(String json) throws ClaimsFormatException {
    JsonValue value;
    try {
      value = JsonReader.read(json, LIMITS);
    } catch (JsonSyntaxException e) {
      throw new ClaimsFormatException(e.position(), e.expected(), e.found());
    }
    if (value instanceof JsonObject object) {
      return new Claims(object);
    }
    throw new ClaimsFormatException(value.position(), "an object", value.kind());
  }

  /**
   * The scalar of that name; empty if there is none, or if it is null, an object, an array, or a
   * string longer than anything it can be compared with.
   */
  public Optional<ScalarValue> scalar(ClaimName name) {
    return find(name).flatMap(Claims::scalarOf);
  }

  /** The {@code iss} claim, if it is a string. */
  public Optional<String> issuer() {
    return root.members().get("iss") instanceof JsonText iss
        ? Optional.of(iss.text())
        : Optional.empty();
  }

  /** What a message says a claim is: its text, or its kind; empty if there is none. */
  Optional<String> describe(ClaimName name) {
    return find(name)
        .map(value -> scalarOf(value).map(ScalarValue::text).orElse("(" + value.kind() + ")"));
  }

  private Optional<JsonValue> find(ClaimName name) {
    JsonValue value = root;
    for (String segment : name.segments()) {
      JsonValue member = value instanceof JsonObject object ? object.members().get(segment) : null;
      if (member == null) {
        return Optional.empty();
      }
      value = member;
    }
    return value instanceof JsonNull ? Optional.empty() : Optional.of(value);
  }

  private static Optional<ScalarValue> scalarOf(JsonValue value) {
    return switch (value) {
      case JsonText text ->
          text.text().length() <= PolicyLimits.MAX_TEXT_LENGTH
              ? Optional.of(new ScalarValue.Text(text.text()))
              : Optional.empty();
      case JsonNumber number -> Optional.of(new ScalarValue.Numeric(number.number()));
      case JsonBoolean truth -> Optional.of(new ScalarValue.Truth(truth.isTrue()));
      case JsonObject _, JsonArray _, JsonNull _ -> Optional.empty();
    };
  }
}
