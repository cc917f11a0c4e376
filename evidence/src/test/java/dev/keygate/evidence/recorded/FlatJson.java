package dev.keygate.evidence.recorded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scalars of a JSON text by the name of the member that holds them. */
final class FlatJson {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private FlatJson() {}

  static FlatJson parse(String text) {
    FlatJson json = new FlatJson();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      String member = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          member = parser.currentName();
        } else if (token.isScalarValue()) {
          json.values.computeIfAbsent(member, name -> new ArrayList<>()).add(parser.getText());
        }
      }
      return json;
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  String one(String member) {
    return all(member).getFirst();
  }

  List<String> all(String member) {
    return values.getOrDefault(member, List.of());
  }
}
