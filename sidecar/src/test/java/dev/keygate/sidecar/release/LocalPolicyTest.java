package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPolicyTest {

  @Test
  void admitsWhatThePolicyAdmits() {
    assertThatCode(
            () ->
                LocalPolicy.require(
                    policy("https://sharedweu.weu.attest.azure.net", "true"),
                    TestAuthority.token("\"secureboot\":true,")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"secureboot\":false,| 'false'",
        "\"secureboot\":\"TRUE\",| 'TRUE'",
        "\"Secureboot\":true,| no such claim"
      })
  void saysWhichClaimWhatWasWantedAndWhatCame(String claims, String got) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () ->
                LocalPolicy.require(
                    policy("https://sharedweu.weu.attest.azure.net", "true"),
                    TestAuthority.token(claims)))
        .returns(Reason.PolicyDenied, FailureException::reason)
        .withMessageContainingAll("secureboot", "'true'", got);
  }

  @Test
  void deniesATokenOfAnotherAuthority() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () ->
                LocalPolicy.require(
                    policy("https://sharedneu.neu.attest.azure.net", "true"),
                    TestAuthority.token("\"secureboot\":true,")))
        .returns(Reason.PolicyDenied, FailureException::reason)
        .withMessageContainingAll("sharedneu", "sharedweu");
  }

  private static ReleasePolicyDocument policy(String authority, String value) throws Exception {
    return PolicyParser.parse(
        "{\"anyOf\":[{\"authority\":\""
            + authority
            + "\",\"allOf\":[{\"claim\":\"secureboot\",\"equals\":"
            + value
            + "}]}]}");
  }
}
