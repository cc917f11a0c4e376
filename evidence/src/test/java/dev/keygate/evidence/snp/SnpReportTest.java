package dev.keygate.evidence.snp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnpReportTest {

  /** A report of zeros but for what every version demands. */
  private static byte[] minimal(int version) {
    byte[] report = new byte[SnpReport.SIZE_BYTES];
    report[SnpField.VERSION.offsetBytes()] = (byte) version;
    report[SnpField.POLICY.offsetBytes() + 2] = 2;
    report[SnpField.SIGNATURE_ALGO.offsetBytes()] = 1;
    return report;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6})
  void readsEveryVersion(int version) throws Exception {
    SnpReport report = SnpReport.parse(Bytes.copyOf(minimal(version)));
    assertThat(report.version()).isEqualTo(version);
    assertThat(report.isKnownVersion()).isEqualTo(version <= 5);
    assertThat(report.cpuid().isPresent()).isEqualTo(version >= 3);
    assertThat(report.currentMitigationVector().isPresent()).isEqualTo(version >= 5);
    assertThat(report.launchMitigationVector().isPresent()).isEqualTo(version >= 5);
  }

  @ParameterizedTest
  @CsvSource({
    "2,0x04C", "5,0x04F", "2,0x188", "2,0x19F", "3,0x18B", "5,0x19F", "3,0x1EB", "4,0x1EF",
    "2,0x1F8", "3,0x1F8", "4,0x29F", "4,0x200", "5,0x208", "5,0x29F", "3,0x2D0", "3,0x318",
    "5,0x330", "2,0x49F"
  })
  void refusesAReservedByteThatIsNotZero(int version, int offset) {
    byte[] report = minimal(version);
    report[offset] = 1;
    assertThat(failureOf(report)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"3,0x188", "3,0x18A", "5,0x1F8", "5,0x207", "6,0x208", "6,0x29F", "6,0x18B"})
  void leavesBytesAloneThatAVersionUses(int version, int offset) throws Exception {
    byte[] report = minimal(version);
    report[offset] = 1;
    assertThat(SnpReport.parse(Bytes.copyOf(report)).version()).isEqualTo(version);
  }

  @Test
  void namesTheReservedByteInItsFailure() {
    byte[] report = minimal(3);
    report[0x19F] = (byte) 0xAB;
    EvidenceFormatException failure = failureOf(report);
    assertThat(failure.offsetBytes()).isEqualTo(0x19F);
    assertThat(failure.expected()).isEqualTo("zeros in 0x18b..0x19f");
    assertThat(failure.found()).isEqualTo("0xab");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void refusesVersionsBeforeTheSecond(int version) {
    assertThat(failureOf(minimal(version)).field()).isEqualTo("VERSION");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1183, 1185, 1216})
  void refusesAnotherSize(int size) {
    assertThat(failureOf(new byte[size]).field()).isEqualTo("size");
  }

  @Test
  void tellsTheFourTcbsApart() throws Exception {
    byte[] bytes = minimal(3);
    bytes[SnpField.REPORTED_TCB.offsetBytes()] = 1;
    bytes[SnpField.COMMITTED_TCB.offsetBytes()] = 2;
    bytes[SnpField.CURRENT_TCB.offsetBytes()] = 3;
    bytes[SnpField.LAUNCH_TCB.offsetBytes()] = 4;
    SnpReport report = SnpReport.parse(Bytes.copyOf(bytes));
    assertThat(report.reportedTcb().raw()).isEqualTo(1);
    assertThat(report.committedTcb().raw()).isEqualTo(2);
    assertThat(report.currentTcb().raw()).isEqualTo(3);
    assertThat(report.launchTcb().raw()).isEqualTo(4);
  }

  @Test
  void readsThePolicyBits() {
    SnpGuestPolicy azure = new SnpGuestPolicy(0x3001F);
    assertThat(azure.minimumAbiMajor()).isZero();
    assertThat(azure.minimumAbiMinor()).isEqualTo(0x1F);
    assertThat(azure.allowsSmt()).isTrue();
    assertThat(azure.allowsDebug()).isFalse();
    assertThat(azure.allowsMigrationAgent()).isFalse();
    assertThat(new SnpGuestPolicy(1 << 19).allowsDebug()).isTrue();
    assertThat(new SnpGuestPolicy(~(1L << 19)).allowsDebug()).isFalse();
    assertThat(new SnpGuestPolicy(1 << 18).allowsMigrationAgent()).isTrue();
  }

  @Test
  void keepsUnknownPlatformBits() {
    SnpPlatformInfo turin = new SnpPlatformInfo(0x65);
    assertThat(turin.isSmtEnabled()).isTrue();
    assertThat(turin.isEccEnabled()).isTrue();
    assertThat(turin.isAliasCheckComplete()).isTrue();
    assertThat(turin.isTsmeEnabled()).isFalse();
    assertThat(turin.isTrustedIoEnabled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0x19,0x00,MILAN", "0x19,0x01,MILAN", "0x19,0x0F,MILAN", "0x19,0x10,GENOA", "0x19,0x1F,GENOA",
    "0x19,0x20,", "0x19,0x9F,", "0x19,0xA0,GENOA", "0x19,0xAF,GENOA", "0x19,0xB0,",
    "0x1A,0x00,TURIN", "0x1A,0x11,TURIN", "0x1A,0x12,", "0x17,0x01,", "0x00,0x00,"
  })
  void knowsTheProductByCpuid(int family, int model, SnpProduct product) {
    assertThat(SnpProduct.of(new SnpCpuid(family, model, 0)).orElse(null)).isEqualTo(product);
  }

  @ParameterizedTest
  @CsvSource({
    "Milan,MILAN",
    "Milan-B0,MILAN",
    "Genoa,GENOA",
    "Bergamo,GENOA",
    "Siena-A0,GENOA",
    "Turin,TURIN",
    "milan,",
    "Rome,",
    "'',",
    "Milano,",
    "-Milan,"
  })
  void knowsTheProductByName(String name, SnpProduct product) {
    assertThat(SnpProduct.ofName(name).orElse(null)).isEqualTo(product);
  }

  @ParameterizedTest
  @CsvSource({
    "MILAN_GENOA,db18000000000004,BOOTLOADER,4", "MILAN_GENOA,db18000000000004,TEE,0",
    "MILAN_GENOA,db18000000000004,SNP,24", "MILAN_GENOA,DB18000000000004,MICROCODE,219",
    "TURIN,5100000004010102,FMC,2", "TURIN,5100000004010102,BOOTLOADER,1",
    "TURIN,5100000004010102,TEE,1", "TURIN,5100000004010102,SNP,4",
    "TURIN,5100000004010102,MICROCODE,81"
  })
  void readsPatchLevelsByTheProductsLayout(
      TcbLayout layout, String tcb, TcbComponent component, int level) throws Exception {
    assertThat(TcbVersion.parse(tcb).patchLevel(layout, component)).hasValue(level);
  }

  @Test
  void hasNoFmcBeforeTurin() {
    assertThat(new TcbVersion(-1).patchLevel(TcbLayout.MILAN_GENOA, TcbComponent.FMC))
        .isEqualTo(OptionalInt.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7308", "0x73080000000003", "730800000000000g", "07308000000000003"})
  void refusesATcbThatIsNotSixteenDigits(String text) {
    assertThat(catchThrowableOfType(EvidenceFormatException.class, () -> TcbVersion.parse(text)))
        .isNotNull();
  }

  @Property(tries = 300)
  void readsOrRefusesAnyBytes(@ForAll @Size(max = 1300) byte[] bytes) {
    assertReadOrRefused(bytes);
  }

  @Property(tries = 500)
  void readsOrRefusesAnyReport(
      @ForAll @Size(SnpReport.SIZE_BYTES) byte[] bytes, @ForAll @IntRange(max = 7) int version) {
    byte[] demanded = minimal(version);
    for (SnpField field :
        new SnpField[] {SnpField.VERSION, SnpField.SIGNATURE_ALGO, SnpField.VMPL}) {
      System.arraycopy(
          demanded, field.offsetBytes(), bytes, field.offsetBytes(), field.sizeBytes());
    }
    assertReadOrRefused(bytes);
  }

  @Property(tries = 500)
  void keepsEveryByteOfWhatItReads(
      @ForAll @IntRange(min = 4, max = SnpReport.SIZE_BYTES - 1) int offset, @ForAll byte value) {
    byte[] report = minimal(5);
    report[offset] = value;
    assertReadOrRefused(report);
  }

  private static void assertReadOrRefused(byte[] bytes) {
    Bytes input = Bytes.copyOf(bytes);
    try {
      assertThat(SnpReport.parse(input).raw()).isEqualTo(input);
    } catch (EvidenceFormatException refused) {
      assertThat(refused.offsetBytes()).isBetween(0, Math.max(bytes.length, 1));
    }
  }

  private static EvidenceFormatException failureOf(byte[] report) {
    return catchThrowableOfType(
        EvidenceFormatException.class, () -> SnpReport.parse(Bytes.copyOf(report)));
  }
}
