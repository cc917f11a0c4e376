package dev.keygate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows: the paths that are warned of, or -, and the policy. */
class AuthorityRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0] ¦ sharedweu.weu.attest.azure.net: a=b
          anyOf[0] ¦ http://sharedweu.weu.attest.azure.net: a=b
          anyOf[1] ¦ https://a: a=b ; https:/b: a=b
          -        ¦ https://sharedweu.weu.attest.azure.net: a=b
          -        ¦ https://sharedweu.weu.attest.azure.net/: a=b
          -        ¦ HTTPS://sharedweu.weu.attest.azure.net: a=b
          -        ¦ https://attest.example.com/tenant: a=b
          """)
  void warnsOfNamesThatNoTokenHas(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.AuthorityNotHttps, policy)).isEqualTo(paths);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[1]          ¦ https://a: a=b ; https://a: a=b
          anyOf[1]          ¦ https://a: a=b ; https://A/: c=d
          anyOf[2] anyOf[3] ¦ https://a: a=b ; https://b: a=b ; https://a: c=d ; https://a: e=f
          -                 ¦ https://a: a=b ; https://b: a=b
          -                 ¦ https://a/x: a=b ; https://a/X: a=b
          -                 ¦ https://a: a=b ; http://a: a=b
          -                 ¦ https://sharedfrc.frc.attest.azure.net: a=b ; https://sharedfrs.frs.attest.azure.net: a=b
          """)
  void warnsOfAuthoritiesThatAreNamedTwice(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.DuplicateAuthority, policy)).isEqualTo(paths);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[1]          ¦ https://a: a=b & c=d ; https://b: a=b
          anyOf[0]          ¦ https://a: a=b ; https://b: a=b & c=d ; https://c: a=b & c=d
          anyOf[1] anyOf[3] ¦ https://a: a=b ; https://b: c=d ; https://c: a=b ; https://d: e=f
          anyOf[1]          ¦ https://a: a=b & c=d ; https://b: a=b | c=d
          anyOf[2]          ¦ https://a: a=b ; https://a: c=d ; https://b: a=b
          anyOf[1]          ¦ https://a: a=b & x-ms-policy-hash=g ; https://b: c=d & x-ms-policy-hash=h
          -                 ¦ https://a: a=b
          -                 ¦ https://a: a=b & c=d ; https://b: a=b & c=d
          -                 ¦ https://a: a=b & c=d ; https://b: c=d & a=b
          -                 ¦ https://a: a=b & (c=d | e=f) ; https://b: (e=f | c=d | c=d) & a=b
          -                 ¦ https://a: a=true ; https://b: (a=true)
          -                 ¦ https://a: a=b ; https://a: c=d
          -                 ¦ https://a: a=b ; https://a: c=d ; https://b: c=d | a=b
          -                 ¦ https://a: a=b ; https://b: a=b & x-ms-policy-hash=h
          -                 ¦ https://a: x-ms-policy-hash=g ; https://b: x-ms-policy-hash=g
          """)
  void warnsOfAnAuthorityThatIsAskedForSomethingElse(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.UnevenAuthorities, policy)).isEqualTo(paths);
  }
}
