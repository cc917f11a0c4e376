package dev.keygate.policy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.policy.ClaimName;
import dev.keygate.policy.ScalarValue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {

  @Test
  void findsScalarsThroughObjects() throws ClaimsFormatException {
    Claims claims = Claims.parse("{\"iss\":\"https://a\",\"a\":{\"b\":true},\"n\":null}");

    assertThat(claims.issuer()).contains("https://a");
    assertThat(claims.scalar(new ClaimName("a.b"))).contains(new ScalarValue.Truth(true));
    assertThat(claims.scalar(new ClaimName("a"))).isEmpty();
    assertThat(claims.scalar(new ClaimName("n"))).isEmpty();
    assertThat(claims.scalar(new ClaimName("a.b.c"))).isEmpty();
  }

  @Test
  void doesNotCompareEndlessTexts() throws ClaimsFormatException {
    Claims claims = Claims.parse("{\"c\":\"" + "x".repeat(5000) + "\"}");

    assertThat(claims.scalar(new ClaimName("c"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "null",
        "{",
        "{\"a\":1,\"a\":2}",
        "{}x",
        "// c\n{}",
        "{\"a\":1e999}"
      })
  void refusesWhatIsNoObjectOfClaims(String json) {
    assertThatExceptionOfType(ClaimsFormatException.class).isThrownBy(() -> Claims.parse(json));
  }

  @Test
  void refusesDepthAndSize() {
    assertThatExceptionOfType(ClaimsFormatException.class)
        .isThrownBy(() -> Claims.parse("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"));
    assertThatExceptionOfType(ClaimsFormatException.class)
        .isThrownBy(() -> Claims.parse("{}" + " ".repeat(Claims.MAX_BYTES)));
  }

  @Property(tries = 300)
  void throwsNothingElseForAnyText(@ForAll @StringLength(max = 60) String text) {
    try {
      assertThat(Claims.parse(text).issuer()).isNotNull();
    } catch (ClaimsFormatException e) {
      assertThat(e.position().line()).isPositive();
    }
  }
}
