package dev.keygate.policy.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.PolicySupport;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.evaluation.Claims;
import dev.keygate.policy.evaluation.Evaluation;
import dev.keygate.policy.evaluation.PolicyEvaluator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileExpansionTest {

  private static final AuthorityEndpoint AUTHORITY =
      new AuthorityEndpoint("sharedweu.weu.attest.azure.net");

  @Test
  void writesOneBranchPerAuthority() {
    ReleasePolicyDocument policy =
        ProfileExpansion.expand(
            new AksConfidentialVm(
                Set.of(Tee.SEV_SNP),
                List.of(AUTHORITY, new AuthorityEndpoint("mine.neu.attest.azure.net")),
                SecureBoot.REQUIRED,
                List.of(ClaimCondition.equalTo("x-ms-azurevm-vmid", "A"))));

    String conditions =
        "\"allOf\":[{\"claim\":\"x-ms-isolation-tee.x-ms-attestation-type\",\"equals\":\"sevsnpvm\"},"
            + "{\"claim\":\"x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable\",\"equals\":false},"
            + "{\"claim\":\"x-ms-isolation-tee.x-ms-compliance-status\",\"equals\":\"azure-compliant-cvm\"},"
            + "{\"claim\":\"secureboot\",\"equals\":true},"
            + "{\"claim\":\"x-ms-azurevm-vmid\",\"equals\":\"A\"}]}";
    assertThat(CanonicalWriter.write(policy))
        .isEqualTo(
            "{\"version\":\"1.0.0\",\"anyOf\":["
                + "{\"authority\":\"https://sharedweu.weu.attest.azure.net\","
                + conditions
                + ",{\"authority\":\"https://mine.neu.attest.azure.net\","
                + conditions
                + "]}");
    assertThat(PolicySupport.unsupported(policy)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | "x-ms-attestation-type":"sevsnpvm","x-ms-sevsnpvm-is-debuggable":false
          true  | "x-ms-attestation-type":"tdxvm","tdx_td_attributes_debug":false
          false | "x-ms-attestation-type":"sevsnpvm","x-ms-sevsnpvm-is-debuggable":true
          false | "x-ms-attestation-type":"sevsnpvm","tdx_td_attributes_debug":false
          false | "x-ms-attestation-type":"tdxvm","tdx_td_attributes_debug":true
          false | "x-ms-attestation-type":"tdxvm","x-ms-sevsnpvm-is-debuggable":false
          false | "x-ms-attestation-type":"sgx","x-ms-sevsnpvm-is-debuggable":false
          """)
  void tellsTheTeesApartWhereBothAreAdmitted(boolean isAdmitted, String claims) throws Exception {
    ReleasePolicyDocument policy =
        ProfileExpansion.expand(
            new AksConfidentialVm(
                Set.of(Tee.TDX, Tee.SEV_SNP),
                List.of(AUTHORITY),
                SecureBoot.NOT_REQUIRED,
                List.of()));

    Evaluation evaluation =
        PolicyEvaluator.evaluate(
            policy,
            Claims.parse(
                "{\"iss\":\""
                    + AUTHORITY
                    + "\",\"x-ms-isolation-tee\":{"
                    + "\"x-ms-compliance-status\":\"azure-compliant-cvm\","
                    + claims
                    + "}}"));

    assertThat(evaluation instanceof Evaluation.Admitted).isEqualTo(isAdmitted);
  }

  @Test
  void needsATeeAndAnAuthority() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AksConfidentialVm(
                    Set.of(), List.of(AUTHORITY), SecureBoot.REQUIRED, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AksConfidentialVm(Set.of(Tee.TDX), List.of(), SecureBoot.REQUIRED, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "westeurope, sharedweu.weu.attest.azure.net",
    "northeurope, sharedneu.neu.attest.azure.net",
    "eastasia, sharedeasia.easia.attest.azure.net",
    "westus3, sharedwus3.wus3.attest.azure.net",
    "australiacentral, sharedcau.cau.attest.azure.net"
  })
  void knowsTheSharedProviderOfARegion(String region, String hostName) {
    assertThat(AttestationRegion.sharedProvider(region)).contains(new AuthorityEndpoint(hostName));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "WestEurope", "west europe", "atlantis"})
  void knowsNoProviderOfAnotherRegion(String region) {
    assertThat(AttestationRegion.sharedProvider(region)).isEmpty();
  }
}
