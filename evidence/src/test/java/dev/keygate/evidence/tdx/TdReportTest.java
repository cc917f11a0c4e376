package dev.keygate.evidence.tdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TdReportTest {

  /** A report of zeros but for what every one has. */
  private static byte[] minimal(int version) {
    byte[] report = new byte[1024];
    report[0] = (byte) 0x81;
    report[2] = (byte) version;
    report[520] = 3;
    return report;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void readsBothVersions(int version) throws Exception {
    TdReport report = TdReport.parse(Bytes.copyOf(minimal(version)));
    assertThat(report.version()).isEqualTo(version);
    assertThat(report.xfam().raw()).isEqualTo(3);
    assertThat(report).hasToString("TD report v" + version + " of MRTD " + "00".repeat(48));
  }

  @ParameterizedTest
  @CsvSource({
    "CPUSVN,16,16",
    "TEE_TCB_INFO_HASH,32,48",
    "TEE_INFO_HASH,80,48",
    "REPORTDATA,128,64",
    "MAC,224,32",
    "VALID,256,8",
    "TEE_TCB_SVN,264,16",
    "MRSEAM,280,48",
    "MRSIGNERSEAM,328,48",
    "SEAMATTRIBUTES,376,8",
    "TEE_TCB_SVN2,384,16",
    "TDATTRIBUTES,512,8",
    "XFAM,520,8",
    "MRTD,528,48",
    "MRCONFIGID,576,48",
    "MROWNER,624,48",
    "MROWNERCONFIG,672,48",
    "RTMR0,720,48",
    "RTMR1,768,48",
    "RTMR2,816,48",
    "RTMR3,864,48",
    "SERVTD_HASH,912,48"
  })
  void readsEachFieldWhereTheSpecificationHasIt(TdReportField field, int offset, int size)
      throws Exception {
    byte[] octets = minimal(1);
    octets[offset + size - 1] = (byte) 0x80;
    Bytes value = TdReport.parse(Bytes.copyOf(octets)).field(field);
    assertThat(value.size()).isEqualTo(size);
    assertThat(value.at(size - 1)).isEqualTo(0x80);
    assertThat(field.offsetBytes()).isEqualTo(offset);
    assertThat(field.sizeBytes()).isEqualTo(size);
  }

  @Test
  void hasAReadingForWhatIsAskedMost() throws Exception {
    byte[] octets = minimal(0);
    octets[128] = 1;
    octets[264] = 7;
    octets[265] = 1;
    octets[266] = 3;
    octets[515] = 0x10;
    octets[528] = 2;
    TdReport report = TdReport.parse(Bytes.copyOf(octets));
    assertThat(report.reportData().at(0)).isEqualTo(1);
    assertThat(report.teeTcbSvn().moduleSvn()).isEqualTo(7);
    assertThat(report.teeTcbSvn().moduleMajorVersion()).isEqualTo(1);
    assertThat(report.teeTcbSvn().seamLastPatchSvn()).isEqualTo(3);
    assertThat(report.teeTcbSvn()).hasToString("070103" + "00".repeat(13));
    assertThat(report.attributes().isSeptVeDisabled()).isTrue();
    assertThat(report.launchMeasurement().at(0)).isEqualTo(2);
    assertThat(report.teeTcbInfo()).isEqualTo(report.raw().slice(256, 239));
    assertThat(report.tdInfo()).isEqualTo(report.raw().slice(512, 512));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 15, 192, 223, 400, 494, 495, 511, 960, 1023})
  void refusesAReservedByteThatIsNotZero(int offset) {
    byte[] octets = minimal(1);
    octets[offset] = (byte) 0xAB;
    EvidenceFormatException failure = failureOf(octets);
    assertThat(failure.offsetBytes()).isEqualTo(offset);
    assertThat(failure.field()).startsWith("reserved bytes ");
    assertThat(failure.found()).startsWith("0xab");
  }

  @Test
  void namesTheReservedRangeAndItsBytes() {
    byte[] octets = minimal(0);
    octets[401] = 0x12;
    octets[402] = 0x34;
    EvidenceFormatException failure = failureOf(octets);
    assertThat(failure.field()).isEqualTo("reserved bytes 400 to 494");
    assertThat(failure.found()).isEqualTo("0x1234" + "00".repeat(14));
  }

  @ParameterizedTest
  @ValueSource(ints = {912, 959})
  void refusesServiceTdsInVersion0Alone(int offset) throws Exception {
    byte[] version0 = minimal(0);
    version0[offset] = 1;
    assertThat(failureOf(version0).offsetBytes()).isEqualTo(offset);
    byte[] version1 = minimal(1);
    version1[offset] = 1;
    assertThat(TdReport.parse(Bytes.copyOf(version1)).version()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,TYPE,129",
    "0,128,TYPE,129",
    "0,130,TYPE,129",
    "1,1,SUBTYPE,0",
    "2,2,VERSION,0 to 1",
    "2,255,VERSION,0 to 1"
  })
  void refusesATypeOfReportThatIsNotDefined(int offset, int value, String field, String expected) {
    byte[] octets = minimal(0);
    octets[offset] = (byte) value;
    EvidenceFormatException failure = failureOf(octets);
    assertThat(failure.field()).isEqualTo(field);
    assertThat(failure.offsetBytes()).isEqualTo(offset);
    assertThat(failure.expected()).isEqualTo(expected);
    assertThat(failure.found()).isEqualTo(Integer.toString(value));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1025, 4096})
  void refusesAnotherSize(int size) {
    assertThat(failureOf(new byte[size]).field()).isEqualTo("size");
  }

  @Test
  void isEqualToAReportOfTheSameOctets() throws Exception {
    TdReport one = TdReport.parse(Bytes.copyOf(minimal(0)));
    TdReport same = TdReport.parse(Bytes.copyOf(minimal(0)));
    TdReport other = TdReport.parse(Bytes.copyOf(minimal(1)));
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    assertThat(one.hashCode()).isNotEqualTo(other.hashCode());
  }

  @Test
  void hasSixteenSecurityVersions() {
    assertThatThrownBy(() -> new TeeTcbSvn(Bytes.zeros(15)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300)
  void readsOrRefusesAnyBytes(@ForAll @Size(max = 1100) byte[] bytes) {
    assertReadOrRefused(bytes);
  }

  @Property(tries = 1000)
  void readsOrRefusesAReportWithAnyByteReplaced(
      @ForAll @IntRange(max = 1023) int offset, @ForAll byte value) {
    byte[] report = minimal(1);
    report[offset] = value;
    assertReadOrRefused(report);
  }

  private static void assertReadOrRefused(byte[] bytes) {
    Bytes input = Bytes.copyOf(bytes);
    try {
      assertThat(TdReport.parse(input).raw()).isEqualTo(input);
    } catch (EvidenceFormatException refused) {
      assertThat(refused.offsetBytes()).isBetween(0, Math.max(bytes.length, 1));
    }
  }

  private static EvidenceFormatException failureOf(byte[] report) {
    return catchThrowableOfType(
        EvidenceFormatException.class, () -> TdReport.parse(Bytes.copyOf(report)));
  }
}
