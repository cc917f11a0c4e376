package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.EndorsementDefect;
import dev.keygate.evidence.testing.SnpDefect;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class SnpReportVerifierTest {

  private static final SnpReportVerifier VERIFIER = new SnpReportVerifier(TestPlatform.ROOTS);
  private static final SnpExpectations STRICT = SnpExpectations.strict();

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 255})
  void believesEveryVersionOfTheReport(int version) throws Exception {
    SnpReport report = report(SnpReportBuilder.of(vcek()).with(SnpField.VERSION, version));
    VerifiedSnpReport verified = verify(report, vcek(), STRICT);
    assertThat(verified.report().isKnownVersion()).isEqualTo(version <= 5);
    assertThat(verified.checks())
        .contains(Check.REPORT_SIGNATURE, Check.TCB_MATCHES_VCEK, Check.DEBUG_DISABLED);
  }

  @ParameterizedTest
  @CsvSource({"GENOA, 541700000000000a, 64", "TURIN, 5100000004010101, 8"})
  void believesOtherProducts(SnpProduct product, String tcb, int hardwareIdBytes) throws Exception {
    SoftwareAmd amd = SoftwareAmd.create(product, 2048, TestPlatform.MADE, TestPlatform.RANDOM);
    Bytes hardwareId = Bytes.fromHex("a7".repeat(hardwareIdBytes));
    SoftwareVcek vcek = amd.vcek(hardwareId, TcbVersion.parse(tcb));
    SnpReport report = report(SnpReportBuilder.of(vcek));
    VerifiedSnpReport verified =
        new SnpReportVerifier(PinnedRoots.amd().plus(amd.arkDigest()))
            .verify(report, vcek.chain(), STRICT, TestPlatform.NOW);
    assertThat(verified.chain().key().tcb()).isEqualTo(TcbVersion.parse(tcb));
    assertThat(verified.chain().product()).isEqualTo(product);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void refusesADefectiveReport(SnpDefect defect) {
    SnpReportBuilder builder = SnpReportBuilder.of(vcek()).defect(defect);
    Optional<Check> expected = expected(defect);
    if (expected.isEmpty()) {
      assertThat(formatFailureOf(builder)).isNotNull();
    } else {
      assertThat(failureOf(builder, STRICT).check()).isEqualTo(expected.get());
    }
  }

  /** Which check finds a defect; empty if the report is not even well-formed. */
  private static Optional<Check> expected(SnpDefect defect) {
    return switch (defect) {
      case SIGNATURE_BIT_FLIPPED,
          SIGNED_BIT_FLIPPED,
          REPORT_DATA_REPLACED,
          SIGNATURE_ZERO,
          SIGNATURE_OF_OTHER_REPORT,
          SIGNATURE_R_ZERO,
          SIGNATURE_S_ZERO,
          SIGNATURE_NUMBERS_SWAPPED,
          SIGNATURE_BIG_ENDIAN,
          HOST_DATA_REPLACED,
          POLICY_REPLACED,
          REPORTED_TCB_REPLACED ->
          Optional.of(Check.REPORT_SIGNATURE);
      case SIGNED_BY_VLEK, NOT_SIGNED -> Optional.of(Check.SIGNING_KEY);
      case OTHER_PRODUCT, UNKNOWN_PRODUCT -> Optional.of(Check.PRODUCT);
      case OTHER_BOOTLOADER, OTHER_SNP_FIRMWARE, OTHER_MICROCODE, TCB_RESERVED_OCTET_SET ->
          Optional.of(Check.TCB_MATCHES_VCEK);
      case OTHER_CHIP, OTHER_CHIP_TAIL, CHIP_HIDDEN -> Optional.of(Check.CHIP_ID);
      case DEBUG_ALLOWED -> Optional.of(Check.DEBUG_DISABLED);
      case MIGRATION_ALLOWED -> Optional.of(Check.MIGRATION_DISABLED);
      case VMPL_2, VMPL_OF_HOST -> Optional.of(Check.VMPL);
      case SIGNATURE_PADDING_SET,
          SIGNATURE_S_PADDING_SET,
          SIGNATURE_TAIL_SET,
          RESERVED_AFTER_CPUID_SET,
          RESERVED_AFTER_CURRENT_VERSION_SET,
          RESERVED_AFTER_COMMITTED_VERSION_SET,
          RESERVED_BEFORE_SIGNATURE_SET,
          TRUNCATED,
          EXTENDED,
          VERSION_1,
          RESERVED_SET,
          UNKNOWN_SIGNATURE_ALGORITHM,
          POLICY_MANDATORY_BIT_CLEAR,
          POLICY_UNKNOWN_BIT,
          VMPL_UNDEFINED,
          UNDEFINED_SIGNING_KEY ->
          Optional.empty();
      case NONE -> throw new IllegalArgumentException("no defect");
    };
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CURRENT_TCB", "COMMITTED_TCB", "LAUNCH_TCB"},
      mode = Mode.INCLUDE)
  void comparesTheReportedTcbAndNoOther(SnpField otherTcb) throws Exception {
    SnpReport report = report(SnpReportBuilder.of(vcek()).with(otherTcb, 0x0102030405060708L));
    assertThat(verify(report, vcek(), STRICT).checks()).contains(Check.TCB_MATCHES_VCEK);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void comparesEveryOctetOfTheReportedTcb(int octet) {
    long other = TestPlatform.MILAN_TCB.raw() ^ (1L << (8 * octet));
    SnpReportBuilder builder = SnpReportBuilder.of(vcek()).with(SnpField.REPORTED_TCB, other);
    assertThat(failureOf(builder, STRICT).check()).isEqualTo(Check.TCB_MATCHES_VCEK);
  }

  @Test
  void refusesTheLastOctetOfAnotherChip() {
    byte[] chip = TestPlatform.MILAN_CHIP.toArray();
    chip[63] ^= 1;
    SnpReportBuilder builder =
        SnpReportBuilder.of(vcek()).with(SnpField.CHIP_ID, Bytes.copyOf(chip));
    assertThat(failureOf(builder, STRICT).check()).isEqualTo(Check.CHIP_ID);
  }

  @Test
  void believesADebuggableGuestOnlyWhenThatIsAllowedByName() throws Exception {
    SnpReport report = report(SnpReportBuilder.of(vcek()).defect(SnpDefect.DEBUG_ALLOWED));
    assertThat(verify(report, vcek(), STRICT.allowDebug()).checks())
        .doesNotContain(Check.DEBUG_DISABLED)
        .contains(Check.MIGRATION_DISABLED);
  }

  @Test
  void believesAMigratableGuestOnlyWhenThatIsAllowedByName() throws Exception {
    SnpReport report = report(SnpReportBuilder.of(vcek()).defect(SnpDefect.MIGRATION_ALLOWED));
    assertThat(verify(report, vcek(), STRICT.allowMigration()).checks())
        .doesNotContain(Check.MIGRATION_DISABLED)
        .contains(Check.DEBUG_DISABLED);
  }

  @Test
  void doesNotAllowDebuggingBecauseMigrationIsAllowed() {
    SnpReportBuilder builder = SnpReportBuilder.of(vcek()).defect(SnpDefect.DEBUG_ALLOWED);
    assertThat(failureOf(builder, STRICT.allowMigration()).check()).isEqualTo(Check.DEBUG_DISABLED);
  }

  @Test
  void refusesAnotherPrivilegeLevelThanTheExpectedOne() throws Exception {
    SnpReportBuilder builder = SnpReportBuilder.of(vcek()).defect(SnpDefect.VMPL_2);
    assertThat(verify(report(builder), vcek(), STRICT.atVmpl(2)).checks()).contains(Check.VMPL);
    assertThat(failureOf(SnpReportBuilder.of(vcek()), STRICT.atVmpl(2)).check())
        .isEqualTo(Check.VMPL);
  }

  @Test
  void looksAtTheChainBeforeAnythingInTheReport() throws Exception {
    SnpReport report = report(SnpReportBuilder.of(vcek()).defect(SnpDefect.SIGNED_BY_VLEK));
    SoftwareVcek expired =
        TestPlatform.MILAN.defectiveVcek(
            TestPlatform.MILAN_CHIP, TestPlatform.MILAN_TCB, EndorsementDefect.EXPIRED);
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class, () -> verify(report, expired, STRICT));
    assertThat(failure.check()).isEqualTo(Check.CHAIN_VALIDITY);
  }

  @Test
  void looksAtTheSignatureBeforeTheContent() {
    long policy = SnpReportBuilder.AZURE_POLICY | 1 << 19;
    SnpReportBuilder builder =
        SnpReportBuilder.of(vcek())
            .with(SnpField.POLICY, policy)
            .defect(SnpDefect.SIGNATURE_BIT_FLIPPED);
    assertThat(failureOf(builder, STRICT).check()).isEqualTo(Check.REPORT_SIGNATURE);
  }

  @Test
  void refusesTheKeyOfTheSameChipAtAnotherTcb() throws Exception {
    SnpReport report = report(SnpReportBuilder.of(vcek()));
    SoftwareVcek newer =
        TestPlatform.MILAN.vcek(TestPlatform.MILAN_CHIP, new TcbVersion(0xDC18000000000004L));
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class, () -> verify(report, newer, STRICT));
    assertThat(failure.check()).isEqualTo(Check.REPORT_SIGNATURE);
  }

  private static SoftwareVcek vcek() {
    return TestPlatform.milanVcek();
  }

  private static SnpReport report(SnpReportBuilder builder) throws EvidenceFormatException {
    return SnpReport.parse(builder.build());
  }

  private static VerifiedSnpReport verify(
      SnpReport report, SoftwareVcek vcek, SnpExpectations expectations)
      throws EvidenceVerificationException {
    return VERIFIER.verify(report, vcek.chain(), expectations, TestPlatform.NOW);
  }

  private static EvidenceVerificationException failureOf(
      SnpReportBuilder builder, SnpExpectations expectations) {
    return catchThrowableOfType(
        EvidenceVerificationException.class, () -> verify(report(builder), vcek(), expectations));
  }

  private static EvidenceFormatException formatFailureOf(SnpReportBuilder builder) {
    return catchThrowableOfType(EvidenceFormatException.class, () -> report(builder));
  }
}
