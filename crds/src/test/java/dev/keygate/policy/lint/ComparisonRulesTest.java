package dev.keygate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows: the paths that are warned of, or -, and the policy. */
class ComparisonRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0].allOf[0]                   ¦ x-ms-sevsnpvm-launchmeasurement=aa
          anyOf[0].allOf[1]                   ¦ secureboot=true & x-ms-isolation-tee.x-ms-sevsnpvm-microcode-svn=115
          anyOf[0].allOf[0]                   ¦ x-ms-sevsnpvm-snpfw-svn<8
          anyOf[0].allOf[0]                   ¦ x-ms-isolation-tee.tdx_mrtd=aa
          anyOf[0].allOf[0]                   ¦ x-ms-runtime.vm-configuration.current-time=17
          anyOf[0].anyOf[1].allOf[1]          ¦ secureboot=true | (a=b & x-ms-isolation-tee.x-ms-runtime.vm-configuration.vmUniqueId=911B0EF8)
          anyOf[0].allOf[0] anyOf[1].allOf[0] ¦ x-ms-azurevm-vmid=A ; https://b: nonce=x
          -                                   ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.x-ms-compliance-status=azure-compliant-cvm & secureboot=true
          -                                   ¦ x-ms-sevsnpvm-hostdata=aa & x-ms-sevsnpvm-vmpl=0 & x-ms-sevsnpvm-is-debuggable=false
          -                                   ¦ x-ms-sgx-mrenclave=aa & x-ms-sgx-mrsigner=bb & x-ms-sgx-product-id=1 & x-ms-sgx-svn=2
          -                                   ¦ x-ms-sevsnpvm-idkeydigest=aa & x-ms-sevsnpvm-authorkeydigest=bb
          -                                   ¦ tdx_td_attributes_debug=false & tdx_mrconfigid=aa & attester_tcb_status=UpToDate
          -                                   ¦ x-ms-runtime.vm-configuration.secure-boot=true & x-ms-runtime.user-data=aa
          -                                   ¦ x-ms-policy.nonce=x & x-ms-runtime.client-payload.nonce=x
          -                                   ¦ my.x-ms-sevsnpvm-launchmeasurement=aa
          -                                   ¦ x-ms-policy-hash=abc & x-ms-azurevm-testsigning-enabled=false
          """)
  void warnsOfClaimsWhoseValueDoesNotLast(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.VolatileClaim, policy)).isEqualTo(paths);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0].allOf[0] ¦ x-ms-sevsnpvm-hostdata=ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789
          anyOf[0].allOf[1] ¦ a=b & x-ms-isolation-tee.x-ms-sevsnpvm-launchmeasurement=abcdef0123456789abcdef0123456789abcdef0123456789abcdef012345678F
          anyOf[0].anyOf[0] ¦ tdx_mrtd=ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789 | tdx_mrtd=abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789
          anyOf[0].allOf[0] ¦ x-ms-sgx-mrsigner=ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789
          -                 ¦ x-ms-sevsnpvm-hostdata=abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789
          -                 ¦ x-ms-sgx-mrenclave=0123456789012345678901234567890123456789012345678901234567890123
          -                 ¦ x-ms-runtime.vm-configuration.vmUniqueId=ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789
          -                 ¦ x-ms-azurevm-vmid=911B0EF8-9DBA-48B0-B275-4E4DF2D39252
          -                 ¦ x-ms-runtime.user-data=ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789
          -                 ¦ x-ms-policy.image=ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789
          -                 ¦ x-ms-sgx-ehd=ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789
          -                 ¦ x-ms-sevsnpvm-hostdata=TODO
          -                 ¦ x-ms-sevsnpvm-hostdata=ABC
          -                 ¦ attester_tcb_status=UpToDate
          """)
  void warnsOfUpperCaseWhereTokensHaveLowerCase(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.UpperCaseHex, policy)).isEqualTo(paths);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0].allOf[0]          ¦ x-ms-sgx-svn<2
          anyOf[0].allOf[1].anyOf[0] ¦ a=b & (c<1 | d=e)
          -                          ¦ x-ms-sgx-svn=2
          -                          ¦ a=true & (b=1 | c=<)
          -                          ¦ a=b ; https://b: c=d
          """)
  void warnsOfOperatorsThatKeyVaultDoesNotEvaluate(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.UnsupportedOperator, policy)).isEqualTo(paths);
  }
}
