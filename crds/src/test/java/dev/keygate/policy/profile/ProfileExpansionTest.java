package dev.keygate.policy.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.policy.evaluation.Claims;
import dev.keygate.policy.evaluation.Evaluation;
import dev.keygate.policy.evaluation.PolicyEvaluator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileExpansionTest {

  private static final AuthorityEndpoint AUTHORITY =
      new AuthorityEndpoint("sharedweu.weu.attest.azure.net");
  private static final List<Provider> PROVIDERS = List.of(Provider.at(AUTHORITY));
  private static final Set<Tee> BOTH = Set.of(Tee.TDX, Tee.SEV_SNP);

  private static final Template NODES =
      new Template.AksConfidentialVm(BOTH, SecureBoot.NOT_REQUIRED, PROVIDERS, List.of());
  private static final Template PLATFORM =
      new Template.ConfidentialVmPlatform(BOTH, SecureBoot.NOT_REQUIRED, PROVIDERS, List.of());
  private static final Template CONTAINER_GROUP =
      new Template.ConfidentialContainerGroup(
          List.of(digest("aa"), digest("bb")), PROVIDERS, List.of());
  private static final Template ENCLAVES =
      new Template.SgxEnclave(
          List.of(
              new EnclaveIdentity.Signed(digest("aa"), 7),
              new EnclaveIdentity.Measured(digest("bb"))),
          PROVIDERS,
          List.of());

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
          false | "x-ms-attestation-type":"sevsnpvm"
          false | "x-ms-attestation-type":"tdxvm","tdx_td_attributes_debug":true
          false | "x-ms-attestation-type":"tdxvm","x-ms-sevsnpvm-is-debuggable":false
          false | "x-ms-attestation-type":"sgx","x-ms-sevsnpvm-is-debuggable":false
          """)
  void tellsTheTeesApartWhereBothAreAdmitted(boolean isAdmitted, String claims) throws Exception {
    String hardware = "\"x-ms-compliance-status\":\"azure-compliant-cvm\"," + claims;

    assertThat(admits(NODES, "\"x-ms-isolation-tee\":{" + hardware + "}")).isEqualTo(isAdmitted);
    assertThat(admits(NODES, hardware)).isFalse();
    assertThat(admits(PLATFORM, hardware)).isEqualTo(isAdmitted);
    assertThat(admits(PLATFORM, "\"x-ms-isolation-tee\":{" + hardware + "}")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | sevsnpvm | azure-compliant-uvm | false | 0 | aa
          true  | sevsnpvm | azure-compliant-uvm | false | 0 | bb
          false | sevsnpvm | azure-compliant-uvm | false | 0 | cc
          false | sevsnpvm | azure-compliant-uvm | true  | 0 | aa
          false | sevsnpvm | azure-compliant-uvm | false | 1 | aa
          false | sevsnpvm | azure-compliant-cvm | false | 0 | aa
          false | tdxvm    | azure-compliant-uvm | false | 0 | aa
          """)
  void admitsOnlyContainerGroupsWithTheirSecurityPolicy(
      boolean isAdmitted, String type, String status, String debug, String vmpl, String octet)
      throws Exception {
    String claims =
        ("'x-ms-attestation-type':'%s','x-ms-compliance-status':'%s',"
                + "'x-ms-sevsnpvm-is-debuggable':%s,'x-ms-sevsnpvm-vmpl':%s,"
                + "'x-ms-sevsnpvm-hostdata':'%s'")
            .formatted(type, status, debug, vmpl, octet.repeat(32))
            .replace('\'', '"');

    assertThat(admits(CONTAINER_GROUP, claims)).isEqualTo(isAdmitted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | sgx      | false | aa | 7 | cc
          true  | sgx      | false | dd | 9 | bb
          false | sgx      | false | aa | 8 | cc
          false | sgx      | false | dd | 7 | cc
          false | sgx      | true  | aa | 7 | bb
          false | sevsnpvm | false | aa | 7 | bb
          """)
  void admitsOnlyEnclavesThatAreNamed(
      boolean isAdmitted, String type, String debug, String signer, String product, String build)
      throws Exception {
    String claims =
        ("'x-ms-attestation-type':'%s','x-ms-sgx-is-debuggable':%s,'x-ms-sgx-mrsigner':'%s',"
                + "'x-ms-sgx-product-id':%s,'x-ms-sgx-mrenclave':'%s'")
            .formatted(type, debug, signer.repeat(32), product, build.repeat(32))
            .replace('\'', '"');

    assertThat(admits(ENCLAVES, claims)).isEqualTo(isAdmitted);
  }

  @ParameterizedTest
  @MethodSource
  void needsSomethingToAdmit(ThrowingCallable construction) {
    assertThatIllegalArgumentException().isThrownBy(construction);
  }

  static Stream<ThrowingCallable> needsSomethingToAdmit() {
    List<Provider> providers = List.of(Provider.at(AUTHORITY));
    Set<Tee> tees = Set.of(Tee.TDX);
    SecureBoot boot = SecureBoot.REQUIRED;
    return Stream.of(
        () -> new Template.AksConfidentialVm(Set.of(), boot, providers, List.of()),
        () -> new Template.AksConfidentialVm(tees, boot, List.of(), List.of()),
        () -> new Template.ConfidentialVmPlatform(Set.of(), boot, providers, List.of()),
        () -> new Template.ConfidentialVmPlatform(tees, boot, List.of(), List.of()),
        () -> new Template.ConfidentialContainerGroup(List.of(), providers, List.of()),
        () -> new Template.ConfidentialContainerGroup(List.of(digest("aa")), List.of(), List.of()),
        () -> new Template.SgxEnclave(List.of(), providers, List.of()),
        () -> new EnclaveIdentity.Signed(digest("aa"), -1),
        () -> new EnclaveIdentity.Signed(digest("aa"), 65_536),
        () -> new Sha256Digest("A".repeat(64)),
        () -> new Sha256Digest("a".repeat(63)));
  }

  private static Sha256Digest digest(String octet) {
    return new Sha256Digest(octet.repeat(32));
  }

  private static boolean admits(Template template, String claims) throws Exception {
    Claims parsed = Claims.parse("{\"iss\":\"" + AUTHORITY + "\"," + claims + "}");
    return PolicyEvaluator.evaluate(ProfileExpansion.expand(template), parsed)
        instanceof Evaluation.Admitted;
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
