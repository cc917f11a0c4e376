package dev.keygate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.profile.EnclaveIdentity;
import dev.keygate.policy.profile.ProfileExpansion;
import dev.keygate.policy.profile.Provider;
import dev.keygate.policy.profile.SecureBoot;
import dev.keygate.policy.profile.Sha256Digest;
import dev.keygate.policy.profile.Tee;
import dev.keygate.policy.profile.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyLintTest {

  private static final List<Provider> PROVIDERS =
      List.of(
          Provider.at(new AuthorityEndpoint("sharedweu.weu.attest.azure.net")),
          Provider.at(new AuthorityEndpoint("sharedneu.neu.attest.azure.net")),
          Provider.pinned(new AuthorityEndpoint("mine.weu.attest.azure.net"), "h".repeat(43)));
  private static final Set<Tee> BOTH = Set.of(Tee.values());

  @ParameterizedTest
  @MethodSource
  void findsNothingInWhatATemplateBecomes(Template template) {
    assertThat(PolicyLint.lint(ProfileExpansion.expand(template))).isEmpty();
  }

  static Stream<Template> findsNothingInWhatATemplateBecomes() {
    Sha256Digest some = new Sha256Digest("ab".repeat(32));
    Sha256Digest other = new Sha256Digest("cd".repeat(32));
    return Stream.of(
        new Template.AksConfidentialVm(BOTH, SecureBoot.REQUIRED, PROVIDERS, List.of()),
        new Template.AksConfidentialVm(
            Set.of(Tee.SEV_SNP), SecureBoot.NOT_REQUIRED, PROVIDERS, List.of()),
        new Template.ConfidentialVmPlatform(BOTH, SecureBoot.REQUIRED, PROVIDERS, List.of()),
        new Template.ConfidentialVmPlatform(
            Set.of(Tee.TDX), SecureBoot.NOT_REQUIRED, PROVIDERS, List.of()),
        new Template.ConfidentialContainerGroup(List.of(some, other), PROVIDERS, List.of()),
        new Template.SgxEnclave(
            List.of(new EnclaveIdentity.Signed(some, 1), new EnclaveIdentity.Measured(other)),
            PROVIDERS,
            List.of()));
  }

  @Test
  void keepsTheFindingsOfOneCodeTogether() {
    ReleasePolicyDocument policy =
        PolicyNotation.policy("https://a: nonce=x & jti=y & a<1 ; b: nonce=x & jti=y & a<1");

    assertThat(PolicyLint.lint(policy))
        .extracting(LintWarning::code)
        .containsExactly(
            LintCode.VolatileClaim,
            LintCode.VolatileClaim,
            LintCode.VolatileClaim,
            LintCode.VolatileClaim,
            LintCode.AuthorityNotHttps,
            LintCode.AdmitsDebug,
            LintCode.AdmitsDebug,
            LintCode.UnsupportedOperator,
            LintCode.UnsupportedOperator);
  }

  @Test
  void fitsMessagesIntoTheSchemaHoweverLongThePolicysWordsAre() {
    String claim = "x-ms-sevsnpvm-" + "a".repeat(242);
    String value = "ABCD".repeat(1024);
    ReleasePolicyDocument policy =
        PolicyNotation.policy(
            "z".repeat(512)
                + ": secureboot=true & "
                + claim
                + "="
                + value
                + " & "
                + claim
                + "=x & "
                + claim
                + "<1");

    assertThat(PolicyLint.lint(policy))
        .extracting(LintWarning::code)
        .contains(
            LintCode.UpperCaseHex,
            LintCode.AuthorityNotHttps,
            LintCode.PlatformPathInGuestPolicy,
            LintCode.UnreachableBranch);
  }

  @Test
  void hasOneEntryInTheRunbookForEveryCodeAndNoOther() throws IOException {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    int start = runbook.indexOf("\n## Warnings about a release policy\n");
    int end = runbook.indexOf("\n## ", start + 1);

    List<String> entries =
        runbook
            .substring(start, end)
            .lines()
            .filter(line -> line.startsWith("- **"))
            .map(line -> line.substring("- **".length(), line.indexOf("**:")))
            .toList();

    assertThat(entries)
        .containsExactlyElementsOf(Arrays.stream(LintCode.values()).map(LintCode::name).toList());
  }
}
