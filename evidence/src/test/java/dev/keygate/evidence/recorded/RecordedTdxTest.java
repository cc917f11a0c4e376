package dev.keygate.evidence.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.endorsement.SgxType;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdQuoteBody;
import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.verify.Check;
import dev.keygate.evidence.verify.CvmEvidence;
import dev.keygate.evidence.verify.CvmExpectations;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.SelfConsistentTdReport;
import dev.keygate.evidence.verify.TdExpectations;
import dev.keygate.evidence.verify.TdQuoteVerifier;
import dev.keygate.evidence.verify.TdxCvmEvidence;
import dev.keygate.evidence.verify.TdxCvmVerifier;
import dev.keygate.evidence.verify.VerifiedTdQuote;
import dev.keygate.evidence.verify.VerifiedTdxCvm;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedTdxTest {

  private static final TdQuoteVerifier VERIFIER = new TdQuoteVerifier(PinnedRoots.intel());
  private static final TdExpectations WITHOUT_COLLATERAL =
      TdExpectations.strict().acceptMissingRevocationLists().acceptUnknownTcbLevel();
  private static final String AZURE = "tdx/azure_td_quote_v4.dat";
  private static final String DEBUGGABLE = "tdx/tdx_quote_4.dat";
  private static final String AZURE_CVM = "hcl/tdx/td-quote.bin";

  @Test
  void believesAQuoteOfAzure() throws Exception {
    VerifiedTdQuote verified = verify(AZURE, WITHOUT_COLLATERAL);
    TdQuoteBody body = verified.body();
    assertThat(verified.root().isLab()).isFalse();
    assertThat(verified.chain().pck().fmspc().hex()).isEqualTo("90c06f000000");
    assertThat(verified.chain().pck().sgxType()).isEqualTo(SgxType.SCALABLE);
    assertThat(verified.chain().pck().tcb().pceSvn()).isEqualTo(13);
    assertThat(body.launchMeasurement().hex()).startsWith("888b31b5").endsWith("91b2");
    assertThat(body.reportData().hex()).startsWith("e771caa1");
    assertThat(body.attributes().isSeptVeDisabled()).isTrue();
    assertThat(body.xfam().raw()).isEqualTo(0x618E7);
    assertThat(body.teeTcbSvn().component(1)).isEqualTo(1);
    assertThat(body.teeTcbSvn().component(2)).isEqualTo(3);
    assertThat(verified.checks())
        .contains(Check.TD_QUOTE_SIGNATURE, Check.QE_IDENTITY, Check.DEBUG_DISABLED)
        .doesNotContain(Check.CHAIN_REVOCATION, Check.TCB_LEVEL);
  }

  @Test
  void dropsTheZerosThatAzureAdds() throws Exception {
    Bytes octets = RecordedEvidence.bytes(AZURE);
    assertThat(octets.size()).isEqualTo(5006);
    assertThat(TdQuote.parse(octets).raw()).isEqualTo(octets.slice(0, 4936));
  }

  @Test
  void refusesADebuggableTdUnlessThatIsWaived() throws Exception {
    TdQuote quote = TdQuote.parse(RecordedEvidence.bytes(DEBUGGABLE));
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class, () -> verify(quote, WITHOUT_COLLATERAL));
    assertThat(failure.check()).isEqualTo(Check.DEBUG_DISABLED);
    VerifiedTdQuote waived = verify(quote, WITHOUT_COLLATERAL.allowDebug());
    assertThat(waived.chain().pck().fmspc().hex()).isEqualTo("50806f000000");
    assertThat(waived.body().launchMeasurement().hex()).startsWith("705ee938").endsWith("f031");
    assertThat(waived.body().rtmrs().get(0).isZero()).isFalse();
    assertThat(waived.body().rtmrs().get(1).isZero()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {AZURE, DEBUGGABLE, AZURE_CVM})
  void refusesARecordedQuoteWithOneBitChanged(String file) throws Exception {
    byte[] changed = RecordedEvidence.bytes(file).toArray();
    changed[184] ^= 1;
    TdQuote quote = TdQuote.parse(Bytes.copyOf(changed));
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () -> verify(quote, WITHOUT_COLLATERAL.allowDebug()));
    assertThat(failure.check()).isEqualTo(Check.TD_QUOTE_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {AZURE, DEBUGGABLE, AZURE_CVM})
  void refusesAQuoteWhoseCollateralNobodyLookedAt(String file) throws Exception {
    TdQuote quote = TdQuote.parse(RecordedEvidence.bytes(file));
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class, () -> verify(quote, TdExpectations.strict()));
    assertThat(failure.check()).isEqualTo(Check.CHAIN_REVOCATION);
  }

  @ParameterizedTest
  @CsvSource({
    "hcl/tdx/hcl-report.bin, 024a32b0",
    "hcl/tdx-parse-only/hcl-report-tdx.bin, 75f3acc2"
  })
  void comparesTheHashesOfATdReport(String file, String mrtd) throws Exception {
    TdReport report = HclReport.parse(RecordedEvidence.bytes(file)).tdReport().orElseThrow();
    assertThat(SelfConsistentTdReport.verifyHashesButNotMac(report).checks())
        .containsExactly(Check.TD_REPORT_HASHES);
    assertThat(report.launchMeasurement().hex()).startsWith(mrtd);
  }

  @Test
  void believesAConfidentialMachineFromRootToPcrs() throws Exception {
    VerifiedTdxCvm verified =
        new TdxCvmVerifier(PinnedRoots.intel())
            .verify(machine(AZURE_CVM), Optional.empty(), expected(), RecordedEvidence.NOW);
    assertThat(verified.checks())
        .contains(
            Check.TD_QUOTE_SIGNATURE,
            Check.TD_REPORT_HASHES,
            Check.TD_REPORT_IN_QUOTE,
            Check.HCL_BINDING,
            Check.AK_IS_HCL_AK_PUB,
            Check.QUOTE_SIGNATURE,
            Check.QUOTE_PCR_DIGEST);
    assertThat(verified.hardware().chain().pck().fmspc().hex()).isEqualTo("00806f050000");
    assertThat(verified.hardware().body().reportData().hex())
        .startsWith("9734504f161d104c74e3165c15f779b06a9bb40dfa71937817d7eee68e593839");
  }

  @Test
  void refusesTheQuoteOfAnotherTd() throws Exception {
    TdxCvmEvidence mixed = machine(AZURE);
    CvmExpectations expected = expected();
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () ->
                new TdxCvmVerifier(PinnedRoots.intel())
                    .verify(mixed, Optional.empty(), expected, RecordedEvidence.NOW));
    assertThat(failure.check()).isEqualTo(Check.TD_REPORT_IN_QUOTE);
  }

  private static VerifiedTdQuote verify(String file, TdExpectations expectations) throws Exception {
    return verify(TdQuote.parse(RecordedEvidence.bytes(file)), expectations);
  }

  private static VerifiedTdQuote verify(TdQuote quote, TdExpectations expectations)
      throws EvidenceVerificationException {
    return VERIFIER.verify(quote, Optional.empty(), expectations, RecordedEvidence.NOW);
  }

  private static TdxCvmEvidence machine(String quote) throws Exception {
    CvmEvidence machine =
        RecordedHclTest.evidence(
            RecordedEvidence.bytes("hcl/tdx/hcl-report.bin"),
            FlatJson.parse(RecordedEvidence.text("hcl/tdx/tpm-quote-v1.json")));
    return new TdxCvmEvidence(machine, TdQuote.parse(RecordedEvidence.bytes(quote)));
  }

  private static CvmExpectations expected() throws Exception {
    return CvmExpectations.strict(
            Bytes.ofUtf8("challenge"), machine(AZURE_CVM).machine().pcrs().selection())
        .onTdx(WITHOUT_COLLATERAL);
  }
}
