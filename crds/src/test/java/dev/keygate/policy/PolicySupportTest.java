package dev.keygate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicySupportTest {

  @Test
  void findsEveryComparisonThatWouldNeverMatch() throws PolicySyntaxException {
    ReleasePolicyDocument policy =
        policy(
            "{\"claim\":\"c\",\"less\":1},{\"claim\":\"c\",\"equals\":1},"
                + "{\"anyOf\":[{\"claim\":\"c\",\"exists\":true}]}");

    assertThat(PolicySupport.unsupported(policy))
        .containsExactly(
            new UnsupportedOperator("anyOf[0].allOf[0]", Operator.LESS),
            new UnsupportedOperator("anyOf[0].allOf[2].anyOf[0]", Operator.EXISTS));
  }

  @Test
  void passesEquals() throws PolicySyntaxException, RefusedException {
    PolicySupport.requireSupported(policy("{\"claim\":\"c\",\"equals\":1}"));
  }

  @ParameterizedTest
  @EnumSource(value = Operator.class, mode = EnumSource.Mode.EXCLUDE, names = "EQUALS")
  void refusesEveryOtherOperator(Operator operator) throws PolicySyntaxException {
    ReleasePolicyDocument policy = policy("{\"claim\":\"c\",\"" + operator.keyword() + "\":1}");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> PolicySupport.requireSupported(policy))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PolicyUnsupported));
  }

  private static ReleasePolicyDocument policy(String conditions) throws PolicySyntaxException {
    return PolicyParser.parse("{\"anyOf\":[{\"authority\":\"a\",\"allOf\":[" + conditions + "]}]}");
  }
}
