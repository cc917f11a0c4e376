package dev.keygate.evidence.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.testing.EventLogBuilder;
import dev.keygate.evidence.testing.EventLogDefect;
import dev.keygate.evidence.tpm.PcrSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** One row per defect: what is malformed names its field, what is not leads to other PCRs. */
class EventLogDefectsTest {

  @Test
  void leadsToThePcrsWithoutADefect() throws Exception {
    EventLog log = EventLog.parse(boot().toBytes(EventLogDefect.NONE));
    assertThat(log.differencesFrom(boot().build().replay())).isEqualTo(PcrSelection.NONE);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "NONE",
        "EVENT_MISSING",
        "EVENT_TWICE",
        "EVENTS_SWAPPED",
        "DIGEST_BIT_FLIPPED",
        "EVENT_MADE_INFORMATION",
        "EVENT_OF_OTHER_PCR",
        "OTHER_LOCALITY"
      })
  void refusesAMalformedLog(EventLogDefect defect) {
    Bytes log = boot().toBytes(defect);
    EvidenceFormatException failure =
        catchThrowableOfType(EvidenceFormatException.class, () -> EventLog.parse(log));
    assertThat(failure.field()).isEqualTo(fieldOf(defect));
  }

  private static String fieldOf(EventLogDefect defect) {
    return switch (defect) {
      case HEADER_TYPE_OTHER, HEADER_PCR_OTHER -> "eventType";
      case HEADER_SIGNATURE_OTHER -> "signature";
      case NO_BANK, TOO_MANY_BANKS -> "numberOfAlgorithms";
      case BANK_TWICE, SHA256_BANK_MISSING, SHA256_SIZE_OTHER, SHA256_SIZE_ZERO -> "digestSizes";
      case VENDOR_INFO_BEYOND_END -> "vendorInfo";
      case HEADER_TAIL -> "end";
      case PCR_BEYOND_BANK -> "pcrIndex";
      case MORE_DIGESTS_THAN_BANKS -> "digests.count";
      case DIGEST_OF_OTHER_BANK -> "digests.hashAlg";
      case EVENT_BEYOND_END, TRUNCATED -> "eventSize";
      case EXTENDED -> "pcrIndex";
      case LOCALITY_TWICE, LOCALITY_UNDEFINED, LOCALITY_OF_OTHER_PCR -> "StartupLocality";
      case NONE,
          EVENT_MISSING,
          EVENT_TWICE,
          EVENTS_SWAPPED,
          DIGEST_BIT_FLIPPED,
          EVENT_MADE_INFORMATION,
          EVENT_OF_OTHER_PCR,
          OTHER_LOCALITY ->
          throw new IllegalArgumentException("well-formed: " + defect);
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {
        "EVENT_MISSING",
        "EVENT_TWICE",
        "EVENTS_SWAPPED",
        "DIGEST_BIT_FLIPPED",
        "EVENT_MADE_INFORMATION",
        "EVENT_OF_OTHER_PCR",
        "OTHER_LOCALITY"
      })
  void leadsToOtherPcrs(EventLogDefect defect) throws Exception {
    EventLog log = EventLog.parse(boot().toBytes(defect));
    PcrSelection expected =
        switch (defect) {
          case EVENT_OF_OTHER_PCR -> PcrSelection.of(4, 5);
          case OTHER_LOCALITY -> PcrSelection.of(0);
          default -> PcrSelection.of(4);
        };
    assertThat(log.differencesFrom(boot().build().replay())).isEqualTo(expected);
  }

  private static EventLogBuilder boot() {
    return new EventLogBuilder()
        .measure(4, EventType.EFI_ACTION, Bytes.ofUtf8("first"))
        .measure(4, EventType.EFI_ACTION, Bytes.ofUtf8("second"))
        .separators();
  }
}
