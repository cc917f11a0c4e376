package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdQuoteField;
import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.tdx.TdReportField;
import dev.keygate.evidence.tdx.TdxBody;
import dev.keygate.evidence.testing.HclDefect;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import dev.keygate.evidence.testing.TdQuoteDefect;
import dev.keygate.evidence.testing.TdReportBuilder;
import dev.keygate.evidence.testing.TdReportDefect;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TdxCvmVerifierTest {

  private static final TdxCvmVerifier VERIFIER = new TdxCvmVerifier(TestPlatform.INTEL_ROOTS);
  private static final CvmExpectations EXPECTED =
      CvmExpectations.strict(TestMachine.NONCE, TestMachine.PCRS)
          .onTdx(TdExpectations.strict().acceptMissingRevocationLists().acceptUnknownTcbLevel());
  private static final Set<Check> CHECKS =
      EnumSet.of(
          Check.HARDWARE_REPORT_TYPE,
          Check.ROOT_PINNED,
          Check.CHAIN_SIGNATURE,
          Check.CHAIN_ROLES,
          Check.CHAIN_VALIDITY,
          Check.PCK_EXTENSIONS,
          Check.QE_REPORT_SIGNATURE,
          Check.QE_REPORT_DATA,
          Check.TD_QUOTE_SIGNATURE,
          Check.QE_IDENTITY,
          Check.TDX_MODULE,
          Check.DEBUG_DISABLED,
          Check.PROFILING_DISABLED,
          Check.MIGRATION_DISABLED,
          Check.TD_REPORT_HASHES,
          Check.TD_REPORT_IN_QUOTE,
          Check.HCL_BINDING,
          Check.AK_IS_HCL_AK_PUB,
          Check.QUOTE_SIGNATURE,
          Check.QUOTE_NONCE,
          Check.QUOTE_PCR_SELECTION,
          Check.QUOTE_PCR_DIGEST);

  private final TestMachine machine = new TestMachine();

  TdxCvmVerifierTest() {
    machine.hcl = TestMachine.tdxHclReport(TdReportBuilder.create());
  }

  @Test
  void believesAMachineAndMakesEveryCheck() throws Exception {
    VerifiedTdxCvm verified = verify(evidence());
    assertThat(verified.checks()).containsExactlyInAnyOrderElementsOf(CHECKS);
    assertThat(verified.claims().attestationKey()).isPresent();
    assertThat(verified.pcrs()).isEqualTo(machine.pcrs);
    assertThat(verified.root()).isEqualTo(verified.hardware().root());
  }

  @ParameterizedTest
  @EnumSource
  void believesAMachineWithAQuoteOfVersion5(TdxBody layout) throws Exception {
    CvmEvidence cvm = machine.evidence();
    TdQuoteBuilder quote = quoteOf(cvm.hcl()).version5(layout);
    assertThat(verify(new TdxCvmEvidence(cvm, TdQuote.parse(quote.build()))).checks())
        .containsExactlyInAnyOrderElementsOf(CHECKS);
  }

  @ParameterizedTest
  @CsvSource({
    "BOUND_TO_OTHER_CLAIMS, HCL_BINDING",
    "BOUND_WITH_PADDING, HCL_BINDING",
    "REPORT_DATA_TAIL_SET, HCL_BINDING",
    "CLAIMS_CHANGED, HCL_BINDING",
    "OTHER_HASH_TYPE, HCL_BINDING",
    "NO_ATTESTATION_KEY, AK_IS_HCL_AK_PUB"
  })
  void refusesADefectiveHclReport(HclDefect defect, Check check) throws Exception {
    machine.hcl.defect(defect);
    assertThat(failureOf(evidence()).check()).isEqualTo(check);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"TCB_INFO_HASH_WRONG", "TCB_INFO_CHANGED", "TD_INFO_HASH_WRONG", "TD_INFO_CHANGED"})
  void refusesATdReportWhoseHashesDoNotHold(TdReportDefect defect) throws Exception {
    machine.hcl = TestMachine.tdxHclReport(TdReportBuilder.create().defect(defect));
    assertThat(failureOf(evidence()).check()).isEqualTo(Check.TD_REPORT_HASHES);
  }

  @ParameterizedTest
  @EnumSource(names = {"QE_DEBUG", "SIGNATURE_BIT_FLIPPED"})
  void refusesADefectiveQuote(TdQuoteDefect defect) throws Exception {
    CvmEvidence cvm = machine.evidence();
    TdQuote quote = TdQuote.parse(quoteOf(cvm.hcl()).defect(defect).build());
    assertThat(failureOf(new TdxCvmEvidence(cvm, quote)).check())
        .isEqualTo(defect == TdQuoteDefect.QE_DEBUG ? Check.QE_IDENTITY : Check.TD_QUOTE_SIGNATURE);
  }

  /** Whatever field it is: what the report has and the quote has not shows. */
  @ParameterizedTest
  @EnumSource
  void refusesAQuoteThatSaysAnotherThingThanTheReport(TdQuoteField field) throws Exception {
    CvmEvidence cvm = machine.evidence();
    TdReport report = cvm.hcl().tdReport().orElseThrow();
    byte[] other = report.field(field.inReport()).toArray();
    other[other.length - 1] ^= 1;
    TdQuoteBuilder quote =
        quoteOf(cvm.hcl()).version5(TdxBody.TDX_1_5).with(field, Bytes.copyOf(other));
    Check expected =
        switch (field) {
          case MRSIGNERSEAM, SEAMATTRIBUTES -> Check.TDX_MODULE;
          default -> Check.TD_REPORT_IN_QUOTE;
        };
    EvidenceVerificationException failure =
        failureOf(new TdxCvmEvidence(cvm, TdQuote.parse(quote.build())));
    assertThat(failure.check()).isEqualTo(expected);
    if (expected == Check.TD_REPORT_IN_QUOTE) {
      assertThat(failure.expected()).startsWith(field.name());
    }
  }

  @Test
  void refusesTheQuoteOfADebuggableTdUnlessThatIsWaived() throws Exception {
    TdReportBuilder debuggable =
        TdReportBuilder.create().with(TdReportField.TDATTRIBUTES, Bytes.fromHex("01"));
    machine.hcl = TestMachine.tdxHclReport(debuggable);
    TdxCvmEvidence evidence = evidence();
    assertThat(failureOf(evidence).check()).isEqualTo(Check.DEBUG_DISABLED);
    VerifiedTdxCvm waived =
        VERIFIER.verify(evidence, Optional.empty(), EXPECTED.allowDebug(), TestPlatform.NOW);
    assertThat(waived.checks()).doesNotContain(Check.DEBUG_DISABLED);
  }

  @Test
  void waivesMigrationByTheNameItHasOnSnp() throws Exception {
    TdReportBuilder migratable =
        TdReportBuilder.create().with(TdReportField.TDATTRIBUTES, Bytes.fromHex("00000020"));
    machine.hcl = TestMachine.tdxHclReport(migratable);
    TdxCvmEvidence evidence = evidence();
    assertThat(failureOf(evidence).check()).isEqualTo(Check.MIGRATION_DISABLED);
    assertThat(
            VERIFIER
                .verify(evidence, Optional.empty(), EXPECTED.allowMigration(), TestPlatform.NOW)
                .checks())
        .doesNotContain(Check.MIGRATION_DISABLED);
  }

  @Test
  void refusesAMachineOnSnp() throws Exception {
    TdQuote quote = evidence().tdQuote();
    machine.hcl = TestMachine.hclReport();
    assertThat(failureOf(new TdxCvmEvidence(machine.evidence(), quote)).check())
        .isEqualTo(Check.HARDWARE_REPORT_TYPE);
  }

  @Test
  void refusesAChangedPcr() throws Exception {
    machine.pcrs = machine.pcrs.and(PcrValues.of(Map.of(7, Bytes.zeros(32))));
    assertThat(failureOf(evidence()).check()).isEqualTo(Check.QUOTE_PCR_DIGEST);
  }

  private TdxCvmEvidence evidence() throws Exception {
    CvmEvidence cvm = machine.evidence();
    return new TdxCvmEvidence(cvm, TdQuote.parse(quoteOf(cvm.hcl()).build()));
  }

  private static TdQuoteBuilder quoteOf(HclReport hcl) {
    return TdQuoteBuilder.of(TestPlatform.EMERALD).quoting(hcl.tdReport().orElseThrow());
  }

  private static VerifiedTdxCvm verify(TdxCvmEvidence evidence)
      throws EvidenceVerificationException {
    return VERIFIER.verify(evidence, Optional.empty(), EXPECTED, TestPlatform.NOW);
  }

  private static EvidenceVerificationException failureOf(TdxCvmEvidence evidence) {
    return catchThrowableOfType(EvidenceVerificationException.class, () -> verify(evidence));
  }
}
