package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.tdx.TdReportField;
import dev.keygate.evidence.testing.TdReportBuilder;
import dev.keygate.evidence.testing.TdReportDefect;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TdReportHashesTest {

  private static final Bytes GOOD = TdReportBuilder.create().build();

  @Test
  void believesTheHashesOfAReportAndNoMore() throws Exception {
    SelfConsistentTdReport verified =
        SelfConsistentTdReport.verifyHashesButNotMac(TdReport.parse(GOOD));
    assertThat(verified.checks()).containsExactly(Check.TD_REPORT_HASHES);
    assertThat(verified.report().raw()).isEqualTo(GOOD);
  }

  @Test
  void cannotTellAForgedMac() throws Exception {
    Bytes forged = TdReportBuilder.create().with(TdReportField.MAC, Bytes.fromHex("00")).build();
    assertThat(SelfConsistentTdReport.verifyHashesButNotMac(TdReport.parse(forged))).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void refusesADefectiveReport(TdReportDefect defect) throws Exception {
    Bytes octets = TdReportBuilder.create().defect(defect).build();
    if (isWellFormed(defect)) {
      TdReport report = TdReport.parse(octets);
      assertThat(failureOf(report).check()).isEqualTo(Check.TD_REPORT_HASHES);
    } else {
      assertThat(catchThrowableOfType(EvidenceFormatException.class, () -> TdReport.parse(octets)))
          .isNotNull();
    }
  }

  private static boolean isWellFormed(TdReportDefect defect) {
    return switch (defect) {
      case TCB_INFO_HASH_WRONG, TCB_INFO_CHANGED, TD_INFO_HASH_WRONG, TD_INFO_CHANGED -> true;
      case TRUNCATED,
          EXTENDED,
          TYPE_SGX,
          SUBTYPE_1,
          VERSION_2,
          TYPE_RESERVED_SET,
          MAC_STRUCT_RESERVED_SET,
          TCB_INFO_RESERVED_SET,
          GAP_SET,
          TD_INFO_RESERVED_SET,
          SERVTD_HASH_IN_VERSION_0,
          RESERVED_TUD_BIT,
          XFAM_WITHOUT_SSE ->
          false;
      case NONE -> throw new IllegalArgumentException("no defect");
    };
  }

  /** Everything but REPORTDATA, CPUSVN and the MAC, which no hash in the report covers. */
  @Property(tries = 500)
  void refusesAnyByteChangedThatAHashCovers(
      @ForAll @IntRange(min = 256, max = 1023) int offset,
      @ForAll @IntRange(min = 1, max = 255) int mask) {
    byte[] octets = GOOD.toArray();
    octets[offset] ^= (byte) mask;
    try {
      TdReport report = TdReport.parse(Bytes.copyOf(octets));
      assertThat(failureOf(report).check()).isEqualTo(Check.TD_REPORT_HASHES);
    } catch (EvidenceFormatException refused) {
      assertThat(refused.offsetBytes()).isBetween(256, 1023);
    }
  }

  private static EvidenceVerificationException failureOf(TdReport report) {
    return catchThrowableOfType(
        EvidenceVerificationException.class,
        () -> SelfConsistentTdReport.verifyHashesButNotMac(report));
  }
}
