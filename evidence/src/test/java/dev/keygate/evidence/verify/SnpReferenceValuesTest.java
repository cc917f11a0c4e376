package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.testing.SnpReportBuilder;
import org.junit.jupiter.api.Test;

class SnpReferenceValuesTest {

  private static final Bytes REPORT_DATA = Bytes.fromHex("d1".repeat(64));
  private static final Bytes HOST_DATA = Bytes.fromHex("d2".repeat(32));
  private static final Bytes OTHER_MEASUREMENT = Bytes.fromHex("d3".repeat(48));

  private static final SnpExpectations STRICT = SnpExpectations.strict();

  @Test
  void believesAReportWithTheExpectedValues() throws Exception {
    SnpExpectations expectations =
        STRICT
            .reportData(REPORT_DATA)
            .launchMeasurement(SnpReportBuilder.PARAVISOR_MEASUREMENT)
            .hostData(HOST_DATA);
    assertThat(verify(expectations).checks())
        .contains(Check.REPORT_DATA, Check.LAUNCH_MEASUREMENT, Check.HOST_DATA);
  }

  @Test
  void comparesNothingThatIsNotGiven() throws Exception {
    assertThat(verify(STRICT).checks())
        .doesNotContain(Check.REPORT_DATA, Check.LAUNCH_MEASUREMENT, Check.HOST_DATA);
  }

  @Test
  void refusesOtherReportData() {
    SnpExpectations other = STRICT.reportData(Bytes.zeros(64));
    EvidenceVerificationException failure = failureOf(other);
    assertThat(failure.check()).isEqualTo(Check.REPORT_DATA);
    assertThat(failure.found()).isEqualTo(REPORT_DATA.hex());
  }

  @Test
  void refusesAnotherLaunchMeasurement() {
    assertThat(failureOf(STRICT.launchMeasurement(OTHER_MEASUREMENT)).check())
        .isEqualTo(Check.LAUNCH_MEASUREMENT);
  }

  @Test
  void refusesOtherHostData() {
    assertThat(failureOf(STRICT.hostData(Bytes.zeros(32))).check()).isEqualTo(Check.HOST_DATA);
  }

  @Test
  void refusesAReferenceValueOfAnotherSize() {
    assertThatIllegalArgumentException().isThrownBy(() -> STRICT.reportData(HOST_DATA));
    assertThatIllegalArgumentException().isThrownBy(() -> STRICT.hostData(REPORT_DATA));
    assertThatIllegalArgumentException().isThrownBy(() -> STRICT.launchMeasurement(Bytes.EMPTY));
  }

  private static VerifiedSnpReport verify(SnpExpectations expectations) throws Exception {
    Bytes report =
        SnpReportBuilder.of(TestPlatform.milanVcek())
            .reportData(REPORT_DATA)
            .with(SnpField.HOST_DATA, HOST_DATA)
            .build();
    return new SnpReportVerifier(TestPlatform.ROOTS)
        .verify(
            SnpReport.parse(report),
            TestPlatform.milanVcek().chain(),
            expectations,
            TestPlatform.NOW);
  }

  private static EvidenceVerificationException failureOf(SnpExpectations expectations) {
    return catchThrowableOfType(EvidenceVerificationException.class, () -> verify(expectations));
  }
}
