package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.testing.AmdRevocationDefect;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class AmdRevocationTest {

  private static final ChainVerifier VERIFIER = new ChainVerifier(TestPlatform.ROOTS);
  private static final EndorsementChain CHAIN = TestPlatform.milanVcek().chain();
  private static final EndorsementChain WITHOUT_LIST =
      new EndorsementChain(
          CHAIN.endorsementKey(), CHAIN.intermediate(), CHAIN.root(), Optional.empty());

  @Test
  void believesAChainThatItsListDoesNotName() throws Exception {
    assertThat(VERIFIER.verify(CHAIN, TestPlatform.NOW).checks()).contains(Check.CHAIN_REVOCATION);
  }

  @Test
  void believesAChainWithoutItsListWhereThatIsAccepted() throws Exception {
    VerifiedChain verified =
        VERIFIER.verifyAcceptingMissingRevocationLists(WITHOUT_LIST, TestPlatform.NOW);

    assertThat(verified.chain()).isSameAs(WITHOUT_LIST);
    assertThat(verified.checks()).doesNotContain(Check.CHAIN_REVOCATION);
  }

  @Test
  void saysHowAnAmdListHasToBeSigned() {
    EndorsementChain chain =
        CHAIN.with(TestPlatform.MILAN.revocationList(AmdRevocationDefect.SIGNED_WITH_SHA256));
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class, () -> VERIFIER.verify(chain, TestPlatform.NOW));

    assertThat(failure.expected()).isEqualTo("a list signed with RSASSA-PSS, SHA-384, salt 48");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "ASVK_REVOKED"})
  void refusesADefectiveListEvenWhereAMissingOneIsAccepted(AmdRevocationDefect defect) {
    EndorsementChain chain = CHAIN.with(TestPlatform.MILAN.revocationList(defect));
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () -> VERIFIER.verifyAcceptingMissingRevocationLists(chain, TestPlatform.NOW));
    assertThat(failure.check()).isEqualTo(Check.CHAIN_REVOCATION);
    assertThat(failure.found()).matches(foundOf(defect));
  }

  /** All these fail one check, so what is found must tell that each failed for its own sake. */
  private static String foundOf(AmdRevocationDefect defect) {
    return switch (defect) {
      case ASK_REVOKED -> "serial number 10001 on its issuer's list";
      case ROOT_REVOKED -> "serial number 10000 on its issuer's list";
      case EXPIRED -> "from 2026-01-01T00:00:00Z until 2026-01-02T00:00:00Z";
      case NOT_YET_VALID -> "from 20(35|36).* until .*";
      case WITHOUT_NEXT_UPDATE -> "from 2026-01-01T00:00:00Z";
      case OTHER_ISSUER_NAME -> "of CN=SEV-Milan.*";
      case SIGNED_BY_ASK -> "a signature that does not verify";
      case SIGNED_WITH_SHA256 -> "RSASSA-PSS";
      case PARTIAL -> "\\[2\\.5\\.29\\.27]";
      case NONE, ASVK_REVOKED -> throw new IllegalArgumentException("no defect: " + defect);
    };
  }

  @Test
  void believesAChipsChainWhenTheIssuerOfProvidersKeysIsRevoked() throws Exception {
    EndorsementChain chain =
        CHAIN.with(TestPlatform.MILAN.revocationList(AmdRevocationDefect.ASVK_REVOKED));
    assertThat(VERIFIER.verify(chain, TestPlatform.NOW).checks()).contains(Check.CHAIN_REVOCATION);
  }

  @Test
  void refusesAProvidersChainWhenItsIssuerIsRevoked() {
    EndorsementChain chain =
        TestPlatform.MILAN
            .vlek("Contoso", TestPlatform.MILAN_TCB)
            .chain()
            .with(TestPlatform.MILAN.revocationList(AmdRevocationDefect.ASVK_REVOKED));
    assertThat(failureOf(chain).check()).isEqualTo(Check.CHAIN_REVOCATION);
  }

  @Test
  void refusesTheListOfAnotherRootWithTheSameName() {
    SoftwareAmd other =
        SoftwareAmd.create(SnpProduct.MILAN, 2048, TestPlatform.MADE, TestPlatform.RANDOM);
    assertThat(failureOf(CHAIN.with(other.revocationList())).check())
        .isEqualTo(Check.CHAIN_REVOCATION);
  }

  @Test
  void refusesAMissingList() {
    EvidenceVerificationException failure = failureOf(WITHOUT_LIST);
    assertThat(failure.check()).isEqualTo(Check.CHAIN_REVOCATION);
    assertThat(failure.expected()).contains("ARK-Milan");
  }

  @Test
  void acceptsAMissingListByNameAndSaysSo() throws Exception {
    SnpReport report = SnpReport.parse(SnpReportBuilder.of(TestPlatform.milanVcek()).build());
    VerifiedSnpReport verified =
        new SnpReportVerifier(TestPlatform.ROOTS)
            .verify(
                report,
                WITHOUT_LIST,
                SnpExpectations.strict().acceptMissingRevocationLists(),
                TestPlatform.NOW);
    assertThat(verified.checks())
        .doesNotContain(Check.CHAIN_REVOCATION)
        .contains(Check.CHAIN_VALIDITY, Check.DEBUG_DISABLED);
  }

  @Test
  void holdsTheListToTheTimeOfVerification() {
    EndorsementChain chain =
        CHAIN.with(TestPlatform.MILAN.revocationList(AmdRevocationDefect.EXPIRED));
    EvidenceVerificationException failure = failureOf(chain);
    assertThat(failure.found()).contains(TestPlatform.MADE.plus(Duration.ofDays(1)).toString());
  }

  private static EvidenceVerificationException failureOf(EndorsementChain chain) {
    return catchThrowableOfType(
        EvidenceVerificationException.class, () -> VERIFIER.verify(chain, TestPlatform.NOW));
  }
}
