package dev.keygate.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes the canonical text of a policy: one line without white space, members in the order that
 * Key Vault returns them (version, anyOf, authority, allOf or anyOf, claim, operator), the version
 * {@link ReleasePolicyDocument#VERSION}, authorities without their trailing slash. Parsing the text
 * gives the same document, but for the slashes.
 */
public final class CanonicalWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private CanonicalWriter() {}

  /** The canonical text. */
  public static String write(ReleasePolicyDocument document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("version", ReleasePolicyDocument.VERSION);
      json.writeArrayFieldStart(Junction.ANY_OF.keyword());
      for (AuthorityBranch branch : document.anyOf()) {
        json.writeStartObject();
        json.writeStringField("authority", branch.authority().canonicalName());
        writeConditions(json, branch.junction(), branch.conditions());
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
      JsonGenerator json, Junction junction, List<Condition> conditions) throws IOException {
    json.writeArrayFieldStart(junction.keyword());
    for (Condition condition : conditions) {
      json.writeStartObject();
      switch (condition) {
        case ClaimCondition claim -> writeClaim(json, claim);
        case AnyOf anyOf -> writeConditions(json, Junction.ANY_OF, anyOf.conditions());
        case AllOf allOf -> writeConditions(json, Junction.ALL_OF, allOf.conditions());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeClaim(JsonGenerator json, ClaimCondition condition) throws IOException {
    json.writeStringField("claim", condition.claim().path());
    json.writeFieldName(condition.operator().keyword());
    switch (condition.value()) {
      case ScalarValue.Text text -> json.writeString(text.text());
      case ScalarValue.Numeric numeric -> json.writeNumber(numeric.text());
      case ScalarValue.Truth truth -> json.writeBoolean(truth.isTrue());
    }
  }
}
