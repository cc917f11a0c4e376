package dev.keygate.evidence.hcl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A JSON text read token by token, with bounds on everything and one exception. */
final class ClaimsJson {

  private static final String FORMAT = "HCL runtime claims";

  private static final long MAX_SECONDS = 253_402_300_799L;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNameLength(256)
                  .maxNumberLength(32)
                  .maxStringLength(HclLayout.MAX_BYTES)
                  .build())
          .build();

  /** Consumes the value of one member. */
  interface MemberReader {
    void read(String name) throws EvidenceFormatException;
  }

  /** Consumes one element. */
  interface ElementReader {
    void read() throws EvidenceFormatException;
  }

  private final JsonParser parser;

  private ClaimsJson(JsonParser parser) {
    this.parser = parser;
  }

  static ClaimsJson open(Bytes utf8) throws EvidenceFormatException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toArray())).toString();
      ClaimsJson json = new ClaimsJson(FACTORY.createParser(text));
      json.next();
      return json;
    } catch (CharacterCodingException malformed) {
      throw new EvidenceFormatException(FORMAT, 0, "text", "UTF-8", "malformed octets");
    } catch (IOException malformed) {
      throw new EvidenceFormatException(FORMAT, 0, "text", "JSON", "something else");
    }
  }

  /** Reads the object that starts here and leaves the parser behind it. */
  void readObject(MemberReader member) throws EvidenceFormatException {
    requireToken(JsonToken.START_OBJECT, "object");
    next();
    while (parser.currentToken() != JsonToken.END_OBJECT) {
      String name = name();
      next();
      member.read(name);
    }
    next();
  }

  /** Reads the array that starts here and leaves the parser behind it. */
  void readArray(ElementReader element) throws EvidenceFormatException {
    requireToken(JsonToken.START_ARRAY, "array");
    next();
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      element.read();
    }
    next();
  }

  String readText(String name) throws EvidenceFormatException {
    requireToken(JsonToken.VALUE_STRING, name);
    try {
      String text = parser.getText();
      next();
      return text;
    } catch (IOException malformed) {
      throw invalid(name, "a text", "malformed JSON");
    }
  }

  boolean readBoolean(String name) throws EvidenceFormatException {
    boolean value = parser.currentToken() == JsonToken.VALUE_TRUE;
    if (!value) {
      requireToken(JsonToken.VALUE_FALSE, name);
    }
    next();
    return value;
  }

  /** A number of seconds from 0 to the year 9999. */
  long readSeconds(String name) throws EvidenceFormatException {
    requireToken(JsonToken.VALUE_NUMBER_INT, name);
    try {
      long seconds = parser.getLongValue();
      if (seconds < 0 || seconds > MAX_SECONDS) {
        throw invalid(name, "0 to " + MAX_SECONDS, Long.toString(seconds));
      }
      next();
      return seconds;
    } catch (IOException tooLarge) {
      throw invalid(name, "a number of seconds", "a larger number");
    }
  }

  /** Passes over a value of any kind. */
  void skipValue() throws EvidenceFormatException {
    try {
      parser.skipChildren();
    } catch (IOException malformed) {
      throw invalid("value", "JSON", "something else");
    }
    next();
  }

  void requireEnd() throws EvidenceFormatException {
    if (parser.currentToken() != null) {
      throw invalid("end", "one object", "more after it");
    }
  }

  /** Decodes a positive number in base64url without padding, and drops no leading zero. */
  Bytes number(String name, @Nullable String base64url, int maxBytes)
      throws EvidenceFormatException {
    if (base64url == null || base64url.contains("=")) {
      throw invalid(name, "base64url without padding", "none or padding");
    }
    Bytes number = decode(name, base64url);
    if (number.isEmpty() || number.size() > maxBytes || number.at(0) == 0) {
      throw invalid(name, "1 to " + maxBytes + " bytes without a leading zero", number.toString());
    }
    return number;
  }

  EvidenceFormatException invalid(String field, String expected, String found) {
    int offset = (int) Math.max(0, parser.currentLocation().getCharOffset());
    return new EvidenceFormatException(FORMAT, offset, field, expected, found);
  }

  private Bytes decode(String name, String base64url) throws EvidenceFormatException {
    try {
      return Bytes.copyOf(Base64.getUrlDecoder().decode(base64url));
    } catch (IllegalArgumentException malformed) {
      throw invalid(name, "base64url", "something else");
    }
  }

  private String name() throws EvidenceFormatException {
    requireToken(JsonToken.FIELD_NAME, "member");
    try {
      return parser.currentName();
    } catch (IOException malformed) {
      throw invalid("member", "a name", "malformed JSON");
    }
  }

  private void requireToken(JsonToken expected, String field) throws EvidenceFormatException {
    if (parser.currentToken() != expected) {
      String found = parser.currentToken() == null ? "the end" : parser.currentToken().name();
      throw invalid(field, expected.name(), found);
    }
  }

  private void next() throws EvidenceFormatException {
    try {
      parser.nextToken();
    } catch (IOException malformed) {
      throw invalid("text", "JSON without repeated members", "something else");
    }
  }
}
