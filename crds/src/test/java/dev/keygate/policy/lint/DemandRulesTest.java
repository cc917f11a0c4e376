package dev.keygate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows: the paths that are warned of, or -, and the policy. */
class DemandRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0] ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.x-ms-compliance-status=azure-compliant-cvm
          anyOf[0] ¦ x-ms-sevsnpvm-is-debuggable=true
          anyOf[0] ¦ x-ms-sevsnpvm-is-debuggable<false
          anyOf[0] ¦ x-ms-sevsnpvm-is-debuggable=false | tdx_mrtd=aa
          anyOf[0] ¦ a=b & (x-ms-sevsnpvm-is-debuggable=false | c=d)
          anyOf[1] ¦ x-ms-sevsnpvm-is-debuggable=false ; https://b: a=b ; https://c: x-ms-sevsnpvm-is-debuggable=false
          anyOf[0] ¦ dbgstat=enabled
          -        ¦ x-ms-sevsnpvm-is-debuggable=false
          -        ¦ x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable=false & x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm
          -        ¦ x-ms-sevsnpvm-is-debuggable=false & a=b
          -        ¦ a=b & (x-ms-sevsnpvm-is-debuggable=false | tdx_td_attributes_debug=false)
          -        ¦ (a=b & x-ms-sevsnpvm-is-debuggable=false) | (x-ms-isolation-tee.tdx_td_attributes_debug=false & c=d)
          -        ¦ x-ms-sgx-is-debuggable=false & x-ms-sgx-mrsigner=aa
          -        ¦ is-debuggable=false
          -        ¦ x-ms-attestation-type=tdxvm & dbgstat=disabled
          -        ¦ a=b & (c=d & (e=f & x-ms-sevsnpvm-is-debuggable=false))
          """)
  void warnsWhereNothingForbidsDebugging(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.AdmitsDebug, policy)).isEqualTo(paths);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0] ¦ https://mine.weu.attest.azure.net: x-ms-sevsnpvm-is-debuggable=false
          anyOf[1] ¦ x-ms-sevsnpvm-is-debuggable=false ; https://mine.weu.attest.azure.net/: x-ms-sevsnpvm-is-debuggable=false
          anyOf[0] ¦ https://mine.weu.attest.azure.net: x-ms-sevsnpvm-is-debuggable=false & (x-ms-policy-hash=h | a=b)
          anyOf[0] ¦ https://mine.weu.attest.azure.net: x-ms-policy-hash<h
          anyOf[0] ¦ https://sharedweu.neu.attest.azure.net: x-ms-sevsnpvm-is-debuggable=false
          anyOf[0] ¦ https://shared.weu.attest.azure.net: x-ms-sevsnpvm-is-debuggable=false
          -        ¦ https://mine.weu.attest.azure.net: x-ms-sevsnpvm-is-debuggable=false & x-ms-policy-hash=h
          -        ¦ https://mine.weu.attest.azure.net: x-ms-sevsnpvm-is-debuggable=false & (x-ms-policy-hash=h | x-ms-policy-hash=i)
          -        ¦ x-ms-sevsnpvm-is-debuggable=false
          -        ¦ https://sharedeus2.eus2.attest.azure.net: x-ms-sevsnpvm-is-debuggable=false
          -        ¦ https://SharedWeu.weu.attest.azure.net/: x-ms-sevsnpvm-is-debuggable=false
          -        ¦ https://sharedugv.ugv.attest.azure.us: x-ms-sevsnpvm-is-debuggable=false
          -        ¦ https://attest.example.com: x-ms-sevsnpvm-is-debuggable=false
          -        ¦ mine.weu.attest.azure.net: x-ms-sevsnpvm-is-debuggable=false
          """)
  void warnsOfOwnProvidersWhosePolicyMayBeAny(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.UnpinnedProviderPolicy, policy)).isEqualTo(paths);
  }
}
