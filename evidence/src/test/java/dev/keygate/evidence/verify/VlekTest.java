package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.KeyExtensions;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareEndorsement;
import dev.keygate.evidence.testing.SoftwareVlek;
import dev.keygate.evidence.testing.VlekDefect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that a key signed which AMD loaded for a provider. */
class VlekTest {

  private static final String PROVIDER = "Contoso";
  private static final SnpReportVerifier VERIFIER = new SnpReportVerifier(TestPlatform.ROOTS);
  private static final SnpExpectations EXPECTED = SnpExpectations.strict().acceptVlekOf(PROVIDER);
  private static final SoftwareVlek VLEK =
      TestPlatform.MILAN.vlek(PROVIDER, TestPlatform.MILAN_TCB);

  @Test
  void believesTheKeyOfAProviderThatIsAcceptedByName() throws Exception {
    VerifiedSnpReport verified = verify(report(VLEK), VLEK.chain(), EXPECTED);
    assertThat(verified.chain().key())
        .isEqualTo(
            new KeyExtensions.Vlek(0, "Milan", SnpProduct.MILAN, TestPlatform.MILAN_TCB, PROVIDER));
    assertThat(verified.checks())
        .contains(Check.PROVIDER, Check.TCB_MATCHES_VCEK)
        .doesNotContain(Check.CHIP_ID);
  }

  @Test
  void believesTheKeyOfAProviderOnTurin() throws Exception {
    SoftwareAmd turin =
        SoftwareAmd.create(SnpProduct.TURIN, 2048, TestPlatform.MADE, TestPlatform.RANDOM);
    SoftwareVlek vlek = turin.vlek(PROVIDER, TcbVersion.parse("5100000004010101"));
    SnpReportVerifier verifier = new SnpReportVerifier(TestPlatform.ROOTS.plus(turin.arkDigest()));
    VerifiedSnpReport verified =
        verifier.verify(report(vlek), vlek.chain(), EXPECTED, TestPlatform.NOW);
    assertThat(verified.chain().product()).isEqualTo(SnpProduct.TURIN);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void refusesADefectiveEndorsement(VlekDefect defect) throws Exception {
    SoftwareVlek vlek = TestPlatform.MILAN.defectiveVlek(PROVIDER, TestPlatform.MILAN_TCB, defect);
    assertThat(failureOf(report(vlek), vlek.chain(), EXPECTED).check()).isEqualTo(expected(defect));
  }

  private static Check expected(VlekDefect defect) {
    return switch (defect) {
      case ISSUED_BY_ASK, OTHER_PRODUCT -> Check.PRODUCT;
      case SIGNED_BY_ARK -> Check.CHAIN_SIGNATURE;
      case PROVIDER_MISSING,
          PROVIDER_EMPTY,
          HARDWARE_ID_STATED,
          NAMED_VCEK,
          MICROCODE_LEVEL_MISSING ->
          Check.VCEK_EXTENSIONS;
      case EXPIRED -> Check.CHAIN_VALIDITY;
      case NONE -> throw new IllegalArgumentException("no defect");
    };
  }

  @Test
  void refusesAnyProviderByDefault() throws Exception {
    assertThat(failureOf(report(VLEK), VLEK.chain(), SnpExpectations.strict()).check())
        .isEqualTo(Check.PROVIDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"contoso", "Fabrikam", ""})
  void refusesAnotherProvider(String accepted) throws Exception {
    SnpExpectations other = SnpExpectations.strict().acceptVlekOf(accepted);
    assertThat(failureOf(report(VLEK), VLEK.chain(), other).check()).isEqualTo(Check.PROVIDER);
  }

  @Test
  void believesAChipsKeyWhereAProvidersKeyIsAcceptedToo() throws Exception {
    assertThat(verify(report(vcek()), vcek().chain(), EXPECTED).checks()).contains(Check.CHIP_ID);
  }

  @Test
  void refusesAProvidersReportUnderAChipsKey() throws Exception {
    assertThat(failureOf(report(VLEK), vcek().chain(), EXPECTED).check())
        .isEqualTo(Check.SIGNING_KEY);
  }

  @Test
  void refusesAChipsReportUnderAProvidersKey() throws Exception {
    assertThat(failureOf(report(vcek()), VLEK.chain(), EXPECTED).check())
        .isEqualTo(Check.SIGNING_KEY);
  }

  @Test
  void refusesAnotherTcbThanTheKeys() throws Exception {
    SnpReportBuilder other = SnpReportBuilder.of(VLEK).with(SnpField.REPORTED_TCB, 1);
    assertThat(failureOf(SnpReport.parse(other.build()), VLEK.chain(), EXPECTED).check())
        .isEqualTo(Check.TCB_MATCHES_VCEK);
  }

  private static SoftwareEndorsement vcek() {
    return TestPlatform.milanVcek();
  }

  private static SnpReport report(SoftwareEndorsement key) throws EvidenceFormatException {
    return SnpReport.parse(SnpReportBuilder.of(key).build());
  }

  private static VerifiedSnpReport verify(
      SnpReport report, EndorsementChain chain, SnpExpectations expectations)
      throws EvidenceVerificationException {
    return VERIFIER.verify(report, chain, expectations, TestPlatform.NOW);
  }

  private static EvidenceVerificationException failureOf(
      SnpReport report, EndorsementChain chain, SnpExpectations expectations) {
    return catchThrowableOfType(
        EvidenceVerificationException.class, () -> verify(report, chain, expectations));
  }
}
