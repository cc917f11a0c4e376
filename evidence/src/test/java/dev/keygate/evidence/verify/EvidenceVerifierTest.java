package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.endorsement.Endorsements;
import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.testing.PckRevocationDefect;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import dev.keygate.evidence.testing.TdReportBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceVerifierTest {

  private static final EvidenceVerifier VERIFIER =
      new EvidenceVerifier(TestPlatform.ROOTS, TestPlatform.INTEL_ROOTS);
  private static final TdExpectations TD = TdExpectations.strict().acceptUnknownTcbLevel();
  private final Expectations all =
      Expectations.none()
          .acceptSnpReport(SnpExpectations.strict())
          .acceptTdQuote(TD)
          .acceptCvm(CvmExpectations.strict(TestMachine.NONCE, TestMachine.PCRS).onTdx(TD));
  private final Endorsements atHand =
      Endorsements.none()
          .with(TestPlatform.milanVcek().chain())
          .with(lists(PckRevocationDefect.NONE));

  static Stream<Evidence> everyKind() throws Exception {
    TestMachine onSnp = new TestMachine();
    return Stream.of(
        new Evidence.OfSnpReport(
            SnpReport.parse(SnpReportBuilder.of(TestPlatform.milanVcek()).build())),
        new Evidence.OfTdQuote(TdQuote.parse(TdQuoteBuilder.of(TestPlatform.EMERALD).build())),
        onSnp.evidence(),
        onTdx());
  }

  private static TdxCvmEvidence onTdx() throws Exception {
    TestMachine machine = new TestMachine();
    machine.hcl = TestMachine.tdxHclReport(TdReportBuilder.create());
    CvmEvidence cvm = machine.evidence();
    TdQuoteBuilder quote =
        TdQuoteBuilder.of(TestPlatform.EMERALD).quoting(cvm.hcl().tdReport().orElseThrow());
    return new TdxCvmEvidence(cvm, TdQuote.parse(quote.build()));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void believesEveryKind(Evidence evidence) throws Exception {
    Verified verified = VERIFIER.verify(evidence, atHand, TestPlatform.NOW, all);
    assertThat(verified.checks()).contains(Check.ROOT_PINNED, Check.DEBUG_DISABLED);
    assertThat(verified.root().isLab()).isTrue();
    boolean believed =
        switch (verified) {
          case VerifiedSnpReport snp -> evidence.equals(new Evidence.OfSnpReport(snp.report()));
          case VerifiedTdQuote td -> evidence.equals(new Evidence.OfTdQuote(td.quote()));
          case VerifiedEvidence cvm -> evidence.equals(cvm.evidence());
          case VerifiedTdxCvm cvm -> evidence.equals(cvm.evidence());
        };
    assertThat(believed).isTrue();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void refusesAKindThatNobodyAccepts(Evidence evidence) {
    assertThat(failureOf(evidence, atHand, Expectations.none()).check())
        .isEqualTo(Check.EVIDENCE_KIND);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void refusesEveryKindWithoutEndorsements(Evidence evidence) {
    Check missing =
        switch (evidence) {
          case Evidence.OfSnpReport snp -> Check.ROOT_PINNED;
          case CvmEvidence cvm -> Check.ROOT_PINNED;
          case Evidence.OfTdQuote td -> Check.CHAIN_REVOCATION;
          case TdxCvmEvidence cvm -> Check.CHAIN_REVOCATION;
        };
    assertThat(failureOf(evidence, Endorsements.none(), all).check()).isEqualTo(missing);
  }

  @Test
  void heedsRevocationListsForBothKindsOnTdx() throws Exception {
    Endorsements revoked = atHand.with(lists(PckRevocationDefect.PCK_REVOKED));
    Evidence quote =
        new Evidence.OfTdQuote(TdQuote.parse(TdQuoteBuilder.of(TestPlatform.EMERALD).build()));
    assertThat(failureOf(quote, revoked, all).check()).isEqualTo(Check.CHAIN_REVOCATION);
    assertThat(failureOf(onTdx(), revoked, all).check()).isEqualTo(Check.CHAIN_REVOCATION);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void believesNoVendorsRootForTheOthersEvidence(Evidence evidence) {
    PinnedRoots intelForAmd = PinnedRoots.amd().plus(TestPlatform.INTEL.rootDigest());
    PinnedRoots amdForIntel = PinnedRoots.intel().plus(TestPlatform.MILAN.arkDigest());
    EvidenceVerifier swapped = new EvidenceVerifier(intelForAmd, amdForIntel);
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () -> swapped.verify(evidence, atHand, TestPlatform.NOW, all));
    assertThat(failure.check()).isEqualTo(Check.ROOT_PINNED);
  }

  private static PckRevocationLists lists(PckRevocationDefect defect) {
    return TestPlatform.INTEL
        .revocationLists(TestPlatform.NOW)
        .defect(defect)
        .build(TestPlatform.EMERALD);
  }

  private static EvidenceVerificationException failureOf(
      Evidence evidence, Endorsements endorsements, Expectations expectations) {
    return catchThrowableOfType(
        EvidenceVerificationException.class,
        () -> VERIFIER.verify(evidence, endorsements, TestPlatform.NOW, expectations));
  }
}
