package dev.keygate.evidence.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.testing.TdReportBuilder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports without a signed hardware report; those with one are verified in {@code verify}. */
class HclReportTest {

  private static final Bytes TD_REPORT = TdReportBuilder.create().build();
  private static final Bytes CLAIMS = Bytes.ofUtf8("{\"keys\":[]}");

  @ParameterizedTest
  @CsvSource({"1,VBS,1,SHA256", "2,TVM,2,SHA384", "2,TDX,3,SHA512"})
  void readsEveryKind(int version, HclReportType type, int hashType, Digest digest)
      throws Exception {
    HclReport report = HclReport.parse(report(version, type.code(), hashType));
    assertThat(report.type()).isEqualTo(type);
    assertThat(report.digest()).isEqualTo(digest);
    assertThat(report.requestType()).isEqualTo(HclRequestType.AK_CERT);
    assertThat(report.claims().raw()).isEqualTo(CLAIMS);
    assertThat(report.snpReport()).isEmpty();
    assertThat(report.expectedReportData().size()).isEqualTo(64);
    assertThat(report.expectedReportData().slice(0, digest.sizeBytes()))
        .isEqualTo(digest.of(CLAIMS));
  }

  @Test
  void takesTheTdReportWithoutWhatFollowsIt() throws Exception {
    byte[] octets = report(2, HclReportType.TDX.code(), 1).toArray();
    octets[32 + 128] = 0x11;
    octets[32 + 1024] = 0x22;
    HclReport report = HclReport.parse(Bytes.copyOf(octets));
    TdReport td = report.tdReport().orElseThrow();
    assertThat(td.raw().size()).isEqualTo(1024);
    assertThat(td.reportData().at(0)).isEqualTo(0x11);
    assertThat(report.hardware().reportData()).contains(td.reportData());
  }

  @Test
  void refusesATdReportThatIsNone() {
    byte[] octets = report(2, HclReportType.TDX.code(), 1).toArray();
    octets[32] = 0;
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class, () -> HclReport.parse(Bytes.copyOf(octets))))
        .extracting(EvidenceFormatException::field)
        .isEqualTo("TYPE");
  }

  @Test
  void hasNoReportDataWithoutHardware() throws Exception {
    HclReport report = HclReport.parse(report(2, HclReportType.VBS.code(), 1));
    assertThat(report.hardware().reportData()).isEmpty();
    assertThat(report.tdReport()).isEmpty();
  }

  @Property(tries = 200)
  void readsOrRefusesAnyBytes(@ForAll @Size(max = 1500) byte[] bytes) {
    assertReadOrRefused(Bytes.copyOf(bytes));
  }

  @Property(tries = 1000)
  void readsOrRefusesAReportWithAnyByteReplaced(
      @ForAll @IntRange(max = 1300) int offset, @ForAll byte value) {
    byte[] report = report(2, HclReportType.TDX.code(), 1).toArray();
    report[offset % report.length] = value;
    assertReadOrRefused(Bytes.copyOf(report));
  }

  @Property(tries = 300)
  void readsOrRefusesAReportCutAnywhere(@ForAll @IntRange(max = 1300) int length) {
    Bytes report = report(2, HclReportType.TVM.code(), 1);
    assertReadOrRefused(report.slice(0, Math.min(length, report.size())));
  }

  @Test
  void refusesMoreThanAnyIndexHolds() {
    Bytes large =
        Bytes.concat(report(2, HclReportType.TVM.code(), 1), Bytes.zeros(HclLayout.MAX_BYTES));
    assertRefused(large);
  }

  private static void assertReadOrRefused(Bytes report) {
    try {
      assertThat(HclReport.parse(report).claims().raw().size()).isLessThanOrEqualTo(report.size());
    } catch (EvidenceFormatException refused) {
      assertThat(refused.expected()).isNotEmpty();
    }
  }

  private static void assertRefused(Bytes report) {
    try {
      HclReport.parse(report);
    } catch (EvidenceFormatException refused) {
      assertThat(refused.field()).isEqualTo("size");
      return;
    }
    throw new AssertionError("it was read");
  }

  private static Bytes report(int version, int type, int hashType) {
    int claims = CLAIMS.size();
    return ByteWriter.littleEndian()
        .bytes(Bytes.ofUtf8("HCLA"))
        .u32(version)
        .u32(1236 + claims)
        .u32(2)
        .u32(0)
        .zeros(12)
        .padded(type == HclReportType.TDX.code() ? TD_REPORT : Bytes.EMPTY, 1184)
        .u32(20 + claims)
        .u32(1)
        .u32(type)
        .u32(hashType)
        .u32(claims)
        .bytes(CLAIMS)
        .zeros(9)
        .toBytes();
  }
}
