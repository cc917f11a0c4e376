package dev.keygate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.json.Position;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {

  private static final String AUTHORITY = "https://sharedweu.weu.attest.azure.net";

  @Test
  void readsEveryPartOfTheGrammarInAnyOrderOfMembers() throws PolicySyntaxException {
    String json =
        """
        // as the documentation prints it
        {
          "anyOf": [
            {
              "allOf": [
                {"equals": "sevsnpvm", "claim": "x-ms-isolation-tee.x-ms-attestation-type"},
                {"anyOf": [
                  {"claim": "secureboot", "equals": true},   // loose
                  {"allOf": [{"claim": "svn", "greaterOrEquals": 3}]}
                ]}
              ],
              "authority": "https://sharedweu.weu.attest.azure.net/"
            },
            {"authority": "my.attestation.com", "anyOf": [{"claim": "vmpl", "exists": false}]}
          ],
          "version": "1.0.0"
        }
        """;

    ReleasePolicyDocument policy = PolicyParser.parse(json);

    assertThat(policy)
        .isEqualTo(
            new ReleasePolicyDocument(
                List.of(
                    new AuthorityBranch(
                        new Authority(AUTHORITY + "/"),
                        Junction.ALL_OF,
                        List.of(
                            ClaimCondition.equalTo(
                                "x-ms-isolation-tee.x-ms-attestation-type", "sevsnpvm"),
                            new AnyOf(
                                List.of(
                                    ClaimCondition.equalTo(
                                        "secureboot", new ScalarValue.Truth(true)),
                                    new AllOf(
                                        List.of(
                                            new ClaimCondition(
                                                new ClaimName("svn"),
                                                Operator.GREATER_OR_EQUALS,
                                                new ScalarValue.Numeric(
                                                    BigDecimal.valueOf(3))))))))),
                    new AuthorityBranch(
                        new Authority("my.attestation.com"),
                        Junction.ANY_OF,
                        List.of(
                            new ClaimCondition(
                                new ClaimName("vmpl"),
                                Operator.EXISTS,
                                new ScalarValue.Truth(false)))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"version\":\"0.2\",", "\"version\":\"1.0\",", "\"version\":\"1.0.0\","})
  void acceptsTheVersionsThatAreAroundAndForgetsThem(String version) throws PolicySyntaxException {
    ReleasePolicyDocument policy =
        PolicyParser.parse(
            "{"
                + version
                + branches("{\"authority\":\"a\",\"allOf\":[{\"claim\":\"c\",\"equals\":1}]}")
                + "}");

    assertThat(CanonicalWriter.write(policy)).startsWith("{\"version\":\"1.0.0\",");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] |
          {} |
          {"anyOf":[]} | anyOf
          {"anyOf":{}} | anyOf
          {"allOf":[]} |
          {"version":1,"anyOf":[]} | version
          {"version":"2.0.0","anyOf":[]} | version
          {"anyof":[]} |
          {"anyOf":[1]} | anyOf[0]
          {"anyOf":[{}]} | anyOf[0]
          {"anyOf":[{"authority":""}]} | anyOf[0].authority
          {"anyOf":[{"authority":1}]} | anyOf[0].authority
          {"anyOf":[{"authority":"a"}]} | anyOf[0]
          {"anyOf":[{"authority":"a","allOf":[],"anyOf":[]}]} | anyOf[0]
          {"anyOf":[{"authority":"a","allOf":[]}]} | anyOf[0].allOf
          {"anyOf":[{"authority":"a","allOf":{}}]} | anyOf[0].allOf
          {"anyOf":[{"authority":"a","allOf":[null]}]} | anyOf[0].allOf[0]
          {"anyOf":[{"authority":"a","allOf":[{}]}]} | anyOf[0].allOf[0]
          {"anyOf":[{"authority":"a","claim":"c","equals":1}]} | anyOf[0]
          {"anyOf":[{"authority":"a","allOf":[{"claim":"c"}]}]} | anyOf[0].allOf[0]
          {"anyOf":[{"authority":"a","allOf":[{"equals":1}]}]} | anyOf[0].allOf[0]
          {"anyOf":[{"authority":"a","allOf":[{"claim":"c","equals":1,"less":2}]}]} | anyOf[0].allOf[0]
          {"anyOf":[{"authority":"a","allOf":[{"claim":"c","Equals":1}]}]} | anyOf[0].allOf[0]
          {"anyOf":[{"authority":"a","allOf":[{"claim":"c","equals":[1]}]}]} | anyOf[0].allOf[0].equals
          {"anyOf":[{"authority":"a","allOf":[{"claim":"c","equals":{}}]}]} | anyOf[0].allOf[0].equals
          {"anyOf":[{"authority":"a","allOf":[{"claim":"c","equals":null}]}]} | anyOf[0].allOf[0].equals
          {"anyOf":[{"authority":"a","allOf":[{"claim":"","equals":1}]}]} | anyOf[0].allOf[0].claim
          {"anyOf":[{"authority":"a","allOf":[{"claim":"a..b","equals":1}]}]} | anyOf[0].allOf[0].claim
          {"anyOf":[{"authority":"a","allOf":[{"claim":7,"equals":1}]}]} | anyOf[0].allOf[0].claim
          {"anyOf":[{"authority":"a","allOf":[{"anyOf":[],"allOf":[]}]}]} | anyOf[0].allOf[0]
          {"anyOf":[{"authority":"a","allOf":[{"anyOf":[]}]}]} | anyOf[0].allOf[0].anyOf
          {"anyOf":[{"authority":"a","allOf":[{"claim":"c","equals":1,"anyOf":[]}]}]} | anyOf[0].allOf[0]
          {"anyOf":[{"authority":"a","allOf":[{"claim":"c","condition":"equals","value":1}]}]} | anyOf[0].allOf[0]
          {"https://a":{"claim":"c"}} |
          """)
  void refusesWhatIsNotInTheGrammarAndSaysWhere(String json, String path) {
    assertThatExceptionOfType(PolicySyntaxException.class)
        .isThrownBy(() -> PolicyParser.parse(json))
        .satisfies(e -> assertThat(e.path()).isEqualTo(path == null ? "" : path));
  }

  @Test
  void saysLineAndColumnAndWhatWasExpected() {
    String json = "{\n  \"anyOf\": [\n    {\"authority\": 5}\n  ]\n}";

    assertThatExceptionOfType(PolicySyntaxException.class)
        .isThrownBy(() -> PolicyParser.parse(json))
        .satisfies(
            e -> {
              assertThat(e.position()).isEqualTo(new Position(3, 19));
              assertThat(e.path()).isEqualTo("anyOf[0].authority");
              assertThat(e.expected()).startsWith("a string");
              assertThat(e.found()).isEqualTo("a number");
            });
  }

  @Test
  void refusesAMemberThatStandsTwice() {
    assertThatExceptionOfType(PolicySyntaxException.class)
        .isThrownBy(() -> PolicyParser.parse("{\"version\":\"1.0\",\"version\":\"1.0\"}"))
        .satisfies(e -> assertThat(e.position()).isEqualTo(new Position(1, 18)));
  }

  @Test
  void nestsToDepthFourAndNoDeeper() throws PolicySyntaxException {
    String four = nested(3, "{\"claim\":\"c\",\"equals\":1}");
    String five = nested(4, "{\"claim\":\"c\",\"equals\":1}");

    assertThat(PolicyParser.parse(four).anyOf().getFirst().conditions().getFirst().depth())
        .isEqualTo(3);
    assertThatExceptionOfType(PolicySyntaxException.class)
        .isThrownBy(() -> PolicyParser.parse(five))
        .satisfies(
            e ->
                assertThat(e.path())
                    .isEqualTo("anyOf[0].allOf[0].allOf[0].allOf[0].allOf[0].allOf"));
  }

  @Test
  void boundsEveryCountAndLength() {
    String claim = "{\"claim\":\"c\",\"equals\":1}";
    String branch = "{\"authority\":\"a\",\"allOf\":[" + claim + "]}";
    String refused = "is beyond the limits";

    for (String json :
        List.of(
            "{" + branches((branch + ",").repeat(128) + branch) + "}",
            "{"
                + branches(
                    "{\"authority\":\"a\",\"allOf\":[" + (claim + ",").repeat(64) + claim + "]}")
                + "}",
            "{" + branches(branch.replace("\"a\"", "\"" + "a".repeat(513) + "\"")) + "}",
            "{" + branches(branch.replace("\"c\"", "\"" + "c".repeat(257) + "\"")) + "}",
            "{" + branches(branch.replace(":1", ":\"" + "v".repeat(4097) + "\"")) + "}",
            "{" + branches(branch) + "}" + " ".repeat(PolicyLimits.MAX_BYTES),
            "[".repeat(5_000))) {
      assertThatExceptionOfType(PolicySyntaxException.class)
          .as(refused)
          .isThrownBy(() -> PolicyParser.parse(json));
    }
  }

  @Test
  void refusesATextWhoseCanonicalTextIsTooLong() {
    String claim = "{\"claim\":\"c\",\"equals\":1e37},";
    String list = claim.repeat(63) + "{\"claim\":\"c\",\"equals\":1}";
    String branch = "{\"authority\":\"a\",\"allOf\":[" + list + "]},";
    String json =
        "{" + branches(branch.repeat(33) + branch.substring(0, branch.length() - 1)) + "}";

    assertThat(json.length()).isLessThan(PolicyLimits.MAX_BYTES);
    assertThatExceptionOfType(PolicySyntaxException.class)
        .isThrownBy(() -> PolicyParser.parse(json));
  }

  private static String branches(String elements) {
    return "\"anyOf\":[" + elements + "]";
  }

  private static String nested(int levels, String condition) {
    String text = condition;
    for (int i = 0; i < levels; i++) {
      text = "{\"allOf\":[" + text + "]}";
    }
    return "{" + branches("{\"authority\":\"a\",\"allOf\":[" + text + "]}") + "}";
  }
}
