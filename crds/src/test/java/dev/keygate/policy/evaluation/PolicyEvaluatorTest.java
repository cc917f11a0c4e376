package dev.keygate.policy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.policy.Authority;
import dev.keygate.policy.ClaimName;
import dev.keygate.policy.Operator;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.ScalarValue;
import dev.keygate.policy.evaluation.Evaluation.Admitted;
import dev.keygate.policy.evaluation.Evaluation.Denied;
import dev.keygate.policy.evaluation.Evaluation.UnknownAuthority;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyEvaluatorTest {

  private static final String ISSUER = "https://sharedweu.weu.attest.azure.net";

  @ParameterizedTest(name = "{0} admits {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"claim":"c","equals":"x"} | "c":"x"
          {"claim":"c","equals":"true"} | "c":true
          {"claim":"c","equals":true} | "c":"true"
          {"claim":"c","equals":"0"} | "c":0
          {"claim":"c","equals":0} | "c":"0"
          {"claim":"c","equals":1} | "c":1.0
          {"claim":"c","equals":100} | "c":1e2
          {"claim":"c","equals":""} | "c":""
          {"claim":"a.b.c","equals":1} | "a":{"b":{"c":1}}
          {"anyOf":[{"claim":"c","equals":1},{"claim":"c","equals":2}]} | "c":2
          {"allOf":[{"claim":"c","equals":1},{"claim":"d","equals":2}]} | "c":1,"d":2
          {"anyOf":[{"allOf":[{"claim":"c","equals":1},{"claim":"d","equals":1}]},{"claim":"e","equals":1}]} | "e":1
          """)
  void admits(String condition, String claims) throws Exception {
    assertThat(evaluate(condition, claims)).isEqualTo(new Admitted(new Authority(ISSUER)));
  }

  @ParameterizedTest(name = "{0} denies {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"claim":"c","equals":"x"} | "d":"x"
          {"claim":"c","equals":"x"} | "c":"X"
          {"claim":"c","equals":"x"} | "C":"x"
          {"claim":"c","equals":"x"} | "c":"x "
          {"claim":"c","equals":"True"} | "c":true
          {"claim":"c","equals":true} | "c":1
          {"claim":"c","equals":1} | "c":10
          {"claim":"c","equals":"1.0"} | "c":1
          {"claim":"c","equals":""} | "d":1
          {"claim":"c","equals":"null"} | "c":null
          {"claim":"c","equals":"x"} | "c":["x"]
          {"claim":"c","equals":"x"} | "c":{"x":"x"}
          {"claim":"c","equals":""} | "c":{}
          {"claim":"c.0","equals":"x"} | "c":["x"]
          {"claim":"c[0]","equals":"x"} | "c":["x"]
          {"claim":"c.length","equals":1} | "c":["x"]
          {"claim":"a.b","equals":1} | "a.b":1
          {"claim":"a.b","equals":1} | "a":"b"
          {"claim":"b","equals":1} | "a":{"b":1}
          {"claim":"c","notEquals":"x"} | "c":"y"
          {"claim":"c","exists":true} | "c":"y"
          {"claim":"c","less":5} | "c":1
          {"claim":"c","lessOrEquals":5} | "c":5
          {"claim":"c","greater":1} | "c":5
          {"claim":"c","greaterOrEquals":5} | "c":5
          {"anyOf":[{"claim":"c","equals":1},{"claim":"c","equals":2}]} | "c":3
          {"allOf":[{"claim":"c","equals":1},{"claim":"d","equals":2}]} | "c":1
          {"anyOf":[{"allOf":[{"claim":"c","equals":1},{"claim":"d","equals":1}]},{"claim":"e","equals":1}]} | "c":1
          """)
  void denies(String condition, String claims) throws Exception {
    assertThat(evaluate(condition, claims)).isInstanceOf(Denied.class);
  }

  @ParameterizedTest
  @CsvSource({
    ISSUER + "/, " + ISSUER,
    ISSUER + ", " + ISSUER + "/",
    "HTTPS://SharedWEU.weu.attest.azure.net, " + ISSUER,
    "https://a/path, https://A/path",
    "my.attestation.com, my.attestation.com"
  })
  void takesTheIssuerForTheAuthority(String authority, String issuer) throws Exception {
    assertThat(evaluateIssuer(authority, issuer)).isEqualTo(new Admitted(new Authority(authority)));
  }

  @ParameterizedTest
  @CsvSource({
    ISSUER + "//, " + ISSUER,
    "http://a, https://a",
    "https://a/path, https://a/Path",
    "https://a, https://a.example.com",
    "https://a, https://a/path",
    "https://a, https://a:443",
    "https://a, ''"
  })
  void takesAnotherIssuerForUnknown(String authority, String issuer) throws Exception {
    assertThat(evaluateIssuer(authority, issuer))
        .isEqualTo(new UnknownAuthority(Optional.of(issuer), List.of(new Authority(authority))));
  }

  @Test
  void takesClaimsWithoutIssuerForUnknown() throws Exception {
    assertThat(PolicyEvaluator.evaluate(policy(branch("a", "1")), Claims.parse("{\"c\":1}")))
        .isEqualTo(new UnknownAuthority(Optional.empty(), List.of(new Authority("a"))));
    assertThat(
            PolicyEvaluator.evaluate(policy(branch("1", "1")), Claims.parse("{\"iss\":1,\"c\":1}")))
        .isInstanceOf(UnknownAuthority.class);
  }

  @Test
  void evaluatesOnlyTheIssuersBranches() throws Exception {
    ReleasePolicyDocument policy = policy(branch("a", "2") + "," + branch("b", "1"));

    assertThat(PolicyEvaluator.evaluate(policy, Claims.parse("{\"iss\":\"a\",\"c\":1}")))
        .isInstanceOf(Denied.class);
    assertThat(PolicyEvaluator.evaluate(policy, Claims.parse("{\"iss\":\"b\",\"c\":1}")))
        .isEqualTo(new Admitted(new Authority("b")));
  }

  @Test
  void anyBranchOfTheIssuerSuffices() throws Exception {
    ReleasePolicyDocument policy = policy(branch("a", "2") + "," + branch("a/", "1"));

    assertThat(PolicyEvaluator.evaluate(policy, Claims.parse("{\"iss\":\"a\",\"c\":1}")))
        .isEqualTo(new Admitted(new Authority("a/")));
  }

  @Test
  void explainsWhichClaimWantedAndGot() throws Exception {
    Evaluation evaluation =
        evaluate(
            "{\"claim\":\"tee.type\",\"equals\":\"sevsnpvm\"},"
                + "{\"claim\":\"secureboot\",\"equals\":true},"
                + "{\"anyOf\":[{\"claim\":\"vmpl\",\"equals\":0},{\"claim\":\"tee\",\"equals\":1}]}",
            "\"tee\":{\"type\":\"tdxvm\"},\"secureboot\":true");

    assertThat(evaluation)
        .isEqualTo(
            new Denied(
                List.of(
                    mismatch("anyOf[0].allOf[0]", "tee.type", text("sevsnpvm"), "tdxvm"),
                    mismatch("anyOf[0].allOf[2].anyOf[0]", "vmpl", number(0), null),
                    mismatch("anyOf[0].allOf[2].anyOf[1]", "tee", number(1), "(an object)"))));
  }

  @Test
  void explainsANullClaimAsMissing() throws Exception {
    assertThat(evaluate("{\"claim\":\"c\",\"equals\":1}", "\"c\":null"))
        .isEqualTo(new Denied(List.of(mismatch("anyOf[0].allOf[0]", "c", number(1), null))));
  }

  private static ClaimMismatch mismatch(
      String path,
      String claim,
      ScalarValue expected,
      @org.jspecify.annotations.Nullable String actual) {
    return new ClaimMismatch(
        path, new ClaimName(claim), Operator.EQUALS, expected, Optional.ofNullable(actual));
  }

  private static ScalarValue text(String text) {
    return new ScalarValue.Text(text);
  }

  private static ScalarValue number(int number) {
    return new ScalarValue.Numeric(java.math.BigDecimal.valueOf(number));
  }

  private static Evaluation evaluate(String conditions, String claims) throws Exception {
    return PolicyEvaluator.evaluate(
        policy("{\"authority\":\"" + ISSUER + "\",\"allOf\":[" + conditions + "]}"),
        Claims.parse("{\"iss\":\"" + ISSUER + "\"," + claims + "}"));
  }

  private static Evaluation evaluateIssuer(String authority, String issuer) throws Exception {
    return PolicyEvaluator.evaluate(
        policy(branch(authority, "1")), Claims.parse("{\"iss\":\"" + issuer + "\",\"c\":1}"));
  }

  private static String branch(String authority, String value) {
    return "{\"authority\":\""
        + authority
        + "\",\"allOf\":[{\"claim\":\"c\",\"equals\":"
        + value
        + "}]}";
  }

  private static ReleasePolicyDocument policy(String branches) throws PolicySyntaxException {
    return PolicyParser.parse("{\"anyOf\":[" + branches + "]}");
  }
}
