package dev.keygate.api.compile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.keygate.api.v1alpha1.Grammar;
import dev.keygate.api.v1alpha1.GrammarAuthority;
import dev.keygate.api.v1alpha1.GrammarCondition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a manifest's grammar as JSON text, right or wrong, so that one parser judges every policy.
 */
public final class GrammarJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private GrammarJson() {}

  /** The text; members that the manifest left out are left out. */
  public static String write(Grammar grammar) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      writeMember(json, "version", grammar.version());
      json.writeArrayFieldStart("anyOf");
      for (GrammarAuthority authority : grammar.anyOf()) {
        json.writeStartObject();
        writeMember(json, "authority", authority.authority());
        writeConditions(json, "allOf", authority.allOf());
        writeConditions(json, "anyOf", authority.anyOf());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  private static void writeConditions(
      JsonGenerator json, String keyword, @Nullable List<GrammarCondition> conditions)
      throws IOException {
    if (conditions == null) {
      return;
    }
    json.writeArrayFieldStart(keyword);
    for (GrammarCondition condition : conditions) {
      json.writeStartObject();
      writeMember(json, "claim", condition.claim());
      writeMember(json, "equals", condition.equalTo());
      writeMember(json, "notEquals", condition.notEquals());
      writeMember(json, "less", condition.less());
      writeMember(json, "lessOrEquals", condition.lessOrEquals());
      writeMember(json, "greater", condition.greater());
      writeMember(json, "greaterOrEquals", condition.greaterOrEquals());
      writeMember(json, "exists", condition.exists());
      writeConditions(json, "allOf", condition.allOf());
      writeConditions(json, "anyOf", condition.anyOf());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeMember(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeFieldName(name);
      writeValue(json, value);
    }
  }

  /** An object or array is written empty: that suffices for the parser to refuse it by its kind. */
  private static void writeValue(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case BigDecimal number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case Double number -> json.writeNumber(BigDecimal.valueOf(number));
      case Number number -> json.writeNumber(number.longValue());
      case Map<?, ?> _ -> {
        json.writeStartObject();
        json.writeEndObject();
      }
      case List<?> _ -> {
        json.writeStartArray();
        json.writeEndArray();
      }
      default -> json.writeNull();
    }
  }
}
