package dev.keygate.azure.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.evidence.bytes.Bytes;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {

  private static JsonMembers parse(String json) throws JsonFormatException {
    return JsonMembers.parse(Bytes.ofUtf8(json));
  }

  @Property(tries = 500)
  void anyBytesAreAnObjectOrMalformed(@ForAll byte[] octets) {
    try {
      assertThat(JsonMembers.parse(Bytes.copyOf(octets)).object()).isNotNull();
    } catch (JsonFormatException expected) {
      assertThat(expected.getMessage()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "\"a\"",
        "null",
        "{",
        "{}{}",
        "{} x",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "// no\n{}"
      })
  void refusesEverythingButOneObject(String text) {
    assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> parse(text));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] latin1 = {'{', '"', (byte) 0xE9, '"', ':', '1', '}'};

    assertThatExceptionOfType(JsonFormatException.class)
        .isThrownBy(() -> JsonMembers.parse(Bytes.copyOf(latin1)));
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    String deep = "{\"a\":".repeat(70) + "1" + "}".repeat(70);

    assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> parse(deep));
  }

  @Test
  void readsMembersAsWhatTheyAre() throws Exception {
    JsonMembers members =
        parse(
            """
            {"t":"x","b":true,"n":7,"s":"42","o":{"i":"y"},"l":[{"a":"1"},{"a":"2"}],
             "ts":["p","q"],"m":{"k":"v"},"z":null}""");

    assertThat(members.text("t")).isEqualTo("x");
    assertThat(members.optionalBoolean("b")).contains(true);
    assertThat(members.number("n")).isEqualTo(7);
    assertThat(members.number("s")).isEqualTo(42);
    assertThat(members.members("o").text("i")).isEqualTo("y");
    assertThat(members.list("l").getLast().text("a")).isEqualTo("2");
    assertThat(members.texts("ts")).isEqualTo(List.of("p", "q"));
    assertThat(members.textMap("m")).isEqualTo(Map.of("k", "v"));
    assertThat(members.has("z")).isFalse();
    assertThat(members.optionalText("z")).isEmpty();
    assertThat(members.list("absent")).isEmpty();
  }

  private interface Reading {
    Object of(JsonMembers members) throws JsonFormatException;
  }

  private static List<Reading> readings() {
    return List.of(
        members -> members.text("x"),
        members -> members.optionalBoolean("x"),
        members -> members.number("x"),
        members -> members.members("x"),
        members -> members.list("x"),
        members -> members.texts("x"),
        members -> members.textMap("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"x\":1.5}", "{\"x\":1e300}", "{\"x\":[1]}"})
  void readsNothingAsWhatItIsNot(String json) throws Exception {
    JsonMembers members = parse(json);

    for (Reading reading : readings()) {
      assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> reading.of(members));
    }
  }

  @Test
  void namesTheMemberButNoValue() throws Exception {
    JsonMembers members = parse("{\"o\":{\"i\":\"s3cret\"}}");

    assertThatExceptionOfType(JsonFormatException.class)
        .isThrownBy(() -> members.members("o").number("i"))
        .withMessageContaining("o.i")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret"));
    assertThat(members.toString()).doesNotContain("s3cret");
  }

  @Test
  void lowerCaseNamesMustStayDistinct() throws Exception {
    assertThat(parse("{\"VcekCert\":\"x\"}").withLowerCaseNames().text("vcekcert")).isEqualTo("x");
    JsonMembers twins = parse("{\"A\":1,\"a\":2}");
    assertThatExceptionOfType(JsonFormatException.class).isThrownBy(twins::withLowerCaseNames);
  }
}
