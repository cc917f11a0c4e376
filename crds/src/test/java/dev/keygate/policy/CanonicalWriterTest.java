package dev.keygate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalWriterTest {

  private static final String CANONICAL =
      "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a\",\"allOf\":"
          + "[{\"claim\":\"c\",\"equals\":\"1\"},{\"anyOf\":[{\"claim\":\"d\",\"equals\":true}]}]}]}";

  @Test
  void ordersMembersAndStripsOneSlash() throws PolicySyntaxException {
    String pasted =
        """
        { "anyOf": [ { "allOf": [ { "equals": "1", "claim": "c" },
            { "anyOf": [ { "equals": true, "claim": "d" } ] } ], "authority": "https://a/" } ] }
        """;

    assertThat(CanonicalWriter.write(PolicyParser.parse(pasted))).isEqualTo(CANONICAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/", "a//", "/", "//", "https://a/b/"})
  void canonicalTextIsItsOwnCanonicalText(String authority) throws PolicySyntaxException {
    ReleasePolicyDocument policy = PolicyParser.parse(CANONICAL.replace("https://a", authority));

    String once = CanonicalWriter.write(policy);

    assertThat(CanonicalWriter.write(PolicyParser.parse(once))).isEqualTo(once);
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1", "10e-1, 1", "1e2, 100", "0.50, 0.5", "-0, 0", "1e40, 1E+40"})
  void writesNumbersAtShortest(String pasted, String canonical) throws PolicySyntaxException {
    ReleasePolicyDocument policy = PolicyParser.parse(CANONICAL.replace("\"1\"", pasted));

    assertThat(CanonicalWriter.write(policy)).contains("\"equals\":" + canonical + "}");
  }

  @Test
  void digestIsOverTheCanonicalText() throws PolicySyntaxException {
    PolicyDigest digest = PolicyDigest.of(PolicyParser.parse(CANONICAL));

    assertThat(digest.value())
        .isEqualTo("sha256:1fcadf182852c2a1b168bbe293bc84889835e9a9d5bf90abf2cfa39e1811d723");
    assertThat(digest.matches(PolicyDigest.of(PolicyParser.parse(" " + CANONICAL)))).isTrue();
    assertThat(digest.matches(PolicyDigest.of(PolicyParser.parse(CANONICAL.replace("\"1\"", "1")))))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256:", "sha256:00", "SHA256:"})
  void refusesWhatIsNoDigest(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PolicyDigest(text));
  }
}
