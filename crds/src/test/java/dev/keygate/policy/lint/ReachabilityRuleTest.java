package dev.keygate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows: the paths that are warned of, or -, and the policy. */
class ReachabilityRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0].allOf[1]                   ¦ a=b & a=c
          anyOf[0].allOf[2].allOf[0]          ¦ a=b & c=d & (a=c & e=f)
          anyOf[0].allOf[0].anyOf[1]          ¦ (a=b | a=c) & a=b
          anyOf[0].allOf[1]                   ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.tdx_mrtd=aa
          anyOf[0].allOf[1].anyOf[1]          ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & (x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable=false | x-ms-isolation-tee.tdx_td_attributes_debug=false)
          anyOf[0].allOf[1]                   ¦ x-ms-attestation-type=sgx & x-ms-sevsnpvm-vmpl=0
          anyOf[0].anyOf[1]                   ¦ a=b | (a=b & c=d)
          anyOf[0].anyOf[0]                   ¦ (a=b & c=d) | a=b
          anyOf[0].anyOf[1] anyOf[0].anyOf[2] ¦ a=b | a=b | a=b
          anyOf[1].allOf[1]                   ¦ a=b ; https://b: a=b & a=c
          -                                   ¦ a=b & c=d
          -                                   ¦ a=b & a=b
          -                                   ¦ a=true & (a=true | c=d)
          -                                   ¦ a=b | a=c
          -                                   ¦ (a=b & c=d) | (a=b & e=f)
          -                                   ¦ (a=b & c=d) | (a=c & c=d)
          -                                   ¦ a<1 & a=5
          -                                   ¦ (x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable=false) | (x-ms-isolation-tee.x-ms-attestation-type=tdxvm & x-ms-isolation-tee.tdx_td_attributes_debug=false)
          -                                   ¦ (x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm | x-ms-isolation-tee.x-ms-attestation-type=tdxvm) & x-ms-isolation-tee.x-ms-compliance-status=azure-compliant-cvm
          -                                   ¦ x-ms-attestation-type=azurevm & x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm
          -                                   ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.x-ms-sevsnpvm-vmpl=0 & secureboot=true
          -                                   ¦ a=b ; https://b: a=c
          -                                   ¦ (a=b | c=d) & (a=c | e=f)
          """)
  void warnsOfWhatIsNeverTrueOrNeverMatters(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.UnreachableBranch, policy)).isEqualTo(paths);
  }
}
