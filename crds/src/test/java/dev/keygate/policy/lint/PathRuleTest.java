package dev.keygate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows: the paths that are warned of, or -, and the policy. */
class PathRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0].allOf[1]                                     ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-compliance-status=azure-compliant-cvm
          anyOf[0].allOf[0]                                     ¦ x-ms-compliance-status=azure-compliant-cvm & x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm
          anyOf[0].allOf[1]                                     ¦ secureboot=true & x-ms-sevsnpvm-is-debuggable=false
          anyOf[0].allOf[1].anyOf[0] anyOf[0].allOf[1].anyOf[1] ¦ x-ms-attestation-type=azurevm & (x-ms-compliance-status=azure-compliant-cvm | tdx_mrtd=aa)
          anyOf[0].allOf[0]                                     ¦ x-ms-compliance-status=azure-compliant-cvm & (x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm | x-ms-isolation-tee.x-ms-attestation-type=tdxvm)
          anyOf[0].allOf[1]                                     ¦ x-ms-attestation-type=azurevm & x-ms-runtime.vm-configuration.secure-boot=true
          anyOf[1].allOf[1]                                     ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm ; https://b: secureboot=true & tdx_mrtd=aa
          -                                                     ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.x-ms-compliance-status=azure-compliant-cvm & secureboot=true
          -                                                     ¦ x-ms-attestation-type=azurevm & secureboot=true & x-ms-azurevm-vmid=A
          -                                                     ¦ x-ms-attestation-type=sevsnpvm & x-ms-compliance-status=azure-compliant-cvm
          -                                                     ¦ (x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.x-ms-compliance-status=a) | (x-ms-attestation-type=sevsnpvm & x-ms-compliance-status=a)
          -                                                     ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm | x-ms-compliance-status=azure-compliant-cvm
          -                                                     ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm ; https://b: x-ms-attestation-type=sevsnpvm & x-ms-compliance-status=a
          -                                                     ¦ x-ms-compliance-status=azure-compliant-cvm
          -                                                     ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-policy-hash=h & x-ms-ver=1.0 & x-ms-runtime.client-payload.nonce=MTIz
          -                                                     ¦ x-ms-attestation-type=sgx & x-ms-sgx-mrsigner=aa & x-ms-sgx-product-id=1
          -                                                     ¦ (secureboot=true | x-ms-compliance-status=a) & x-ms-policy.a=b
          """)
  void warnsOfPlatformPathsInGuestPolicies(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.PlatformPathInGuestPolicy, policy)).isEqualTo(paths);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      textBlock =
          """
          anyOf[0].allOf[1]          ¦ x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.x-ms-compliance-status=azure-compliant-cvm
          anyOf[0].allOf[0]          ¦ x-ms-isolation-tee.x-ms-compliance-status=azure-compliant-cvm & x-ms-attestation-type=tdxvm
          anyOf[0].allOf[1]          ¦ x-ms-compliance-status=azure-compliant-cvm & secureboot=true
          anyOf[0].allOf[1].anyOf[1] ¦ (x-ms-attestation-type=sevsnpvm | x-ms-attestation-type=tdxvm) & (tdx_td_attributes_debug=false | x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable=false)
          -                          ¦ x-ms-attestation-type=sevsnpvm & x-ms-compliance-status=azure-compliant-cvm
          -                          ¦ x-ms-attestation-type=tdxvm & tdx_mrtd=aa & x-ms-runtime.vm-configuration.secure-boot=true
          -                          ¦ x-ms-isolation-tee.x-ms-attestation-type=sevsnpvm & x-ms-isolation-tee.x-ms-compliance-status=azure-compliant-cvm
          -                          ¦ secureboot=true & x-ms-compliance-status=azure-compliant-cvm
          -                          ¦ x-ms-compliance-status=a | secureboot=true
          -                          ¦ x-ms-attestation-type=sgx & secureboot=true
          """)
  void warnsOfGuestPathsInPlatformPolicies(String paths, String policy) {
    assertThat(PolicyNotation.paths(LintCode.GuestPathInPlatformPolicy, policy)).isEqualTo(paths);
  }
}
