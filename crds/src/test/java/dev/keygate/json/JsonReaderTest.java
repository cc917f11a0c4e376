package dev.keygate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.json.JsonValue.JsonArray;
import dev.keygate.json.JsonValue.JsonNumber;
import dev.keygate.json.JsonValue.JsonObject;
import dev.keygate.json.JsonValue.JsonText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static final JsonLimits LIMITS =
      new JsonLimits(1000, 8, 200, JsonLimits.Comments.REFUSED);

  @Test
  void remembersWhereValuesStood() throws JsonSyntaxException {
    JsonValue value = JsonReader.read("{\n  \"a\": [ 1.50, \"x\" ]\n}", LIMITS);

    assertThat(value)
        .isEqualTo(
            new JsonObject(
                Map.of(
                    "a",
                    new JsonArray(
                        List.of(
                            new JsonNumber(new BigDecimal("1.50"), new Position(2, 10)),
                            new JsonText("x", new Position(2, 16))),
                        new Position(2, 8))),
                new Position(1, 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "[1,]",
        "{'a':1}",
        "{a:1}",
        "01",
        "+1",
        ".5",
        "NaN",
        "tru",
        "\"a",
        "\"\t\"",
        "\"\\x\"",
        "1 2",
        "{} {}",
        "// none\n1",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"\\u0062\":2}}",
        "\"\\ud800\"",
        "{\"\\udc00\":1}",
        "1e401",
        "1e-2000000000",
        "1e99999999999",
        "[[[[[[[[[1]]]]]]]]]",
        "11111111111111111111111111111111111111111111111111111111111111111"
      })
  void refusesWhatIsNotStrictJsonWithinLimits(String json) {
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> JsonReader.read(json, LIMITS));
  }

  @Test
  void refusesMoreBytesThanTheLimitCountedInUtf8() throws JsonSyntaxException {
    String fits = "\"" + "é".repeat(499) + "\"";

    assertThat(JsonReader.read(fits, LIMITS)).isInstanceOf(JsonText.class);
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> JsonReader.read(fits + " ", LIMITS));
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> JsonReader.read("x".repeat(1_000_000), LIMITS));
  }

  @Test
  void refusesMoreTokensThanTheLimit() {
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> JsonReader.read("[" + "1,".repeat(300) + "1]", LIMITS));
  }

  @Test
  void saysWhereAMemberIsRepeated() {
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> JsonReader.read("{\"a\": 1,\n \"a\": 2}", LIMITS))
        .satisfies(e -> assertThat(e.position()).isEqualTo(new Position(2, 2)));
  }

  @Property(tries = 500)
  void throwsNothingElseForAnyText(@ForAll @StringLength(max = 60) String text) {
    readAnything(text);
  }

  @Property(tries = 500)
  void throwsNothingElseForAnythingLikeJson(@ForAll("jsonish") String text) {
    readAnything(text);
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> jsonish() {
    return net.jqwik.api.Arbitraries.of(
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "1", "-1e9", "true", "null", "//", "\n",
            "\\", "\"", "\\u0000", "e", "0")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  private static void readAnything(String text) {
    try {
      assertThat(JsonReader.read(text, LIMITS)).isNotNull();
    } catch (JsonSyntaxException e) {
      assertThat(e.position().line()).isPositive();
      assertThat(e.expected()).isNotEmpty();
      assertThat(e.found()).isNotEmpty();
    }
  }
}
