package dev.keygate.evidence.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.testing.EventLogBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureBootTest {

  @ParameterizedTest
  @CsvSource({"01, ENABLED", "00, DISABLED", "02, DISABLED", "0101, DISABLED", "'', DISABLED"})
  void isWhatWasMeasured(String value, SecureBoot expected) {
    EventLog log =
        new EventLogBuilder()
            .measureVariable("PK", Bytes.ofUtf8("platform key"))
            .measureVariable("SecureBoot", Bytes.fromHex(value))
            .build();

    assertThat(SecureBoot.of(log)).isEqualTo(expected);
  }

  @Test
  void isNotMeasuredByAnotherVariable() {
    EventLog log = new EventLogBuilder().measureVariable("SetupMode", Bytes.fromHex("01")).build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.NOT_MEASURED);
  }

  @Test
  void isNotMeasuredInAnotherPcr() {
    EventLog log = new EventLogBuilder().event(inPcr(6, measured("01"))).build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.NOT_MEASURED);
  }

  @Test
  void isDisabledByOneOfSeveralMeasurements() {
    EventLog log = new EventLogBuilder().event(measured("01")).event(measured("00")).build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.DISABLED);
  }

  @Test
  void isNotMeasuredByWhatFollowsTheSeparator() {
    EventLog log = new EventLogBuilder().separators().event(measured("01")).build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.NOT_MEASURED);
  }

  @Test
  void isDisabledWhateverFollowsTheSeparator() {
    EventLog log =
        new EventLogBuilder().event(measured("00")).separators().event(measured("01")).build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.DISABLED);
  }

  @Test
  void isDisabledByAMeasurementAfterTheSeparator() {
    EventLog log =
        new EventLogBuilder().event(measured("01")).separators().event(measured("00")).build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.DISABLED);
  }

  @Test
  void isNotEndedByTheSeparatorOfAnotherPcr() {
    EventLog log =
        new EventLogBuilder()
            .measure(4, EventType.SEPARATOR, Bytes.zeros(4))
            .event(measured("01"))
            .build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.ENABLED);
  }

  @Test
  void isNotMeasuredWhenTheDigestIsOfSomethingElse() {
    BootEvent honest = measured("00");
    BootEvent claimed = measured("01");
    EventLog log =
        new EventLogBuilder()
            .event(
                BootEvent.ofSha256(
                    7,
                    EventType.EFI_VARIABLE_DRIVER_CONFIG,
                    honest.content().sha256(),
                    claimed.content()))
            .build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.NOT_MEASURED);
  }

  @ParameterizedTest
  @CsvSource({"''", "61dfe48b", "61dfe48bca93d211aa0d00e098032b8cffffffffffffffff0100000000000000"})
  void isNotMeasuredByAMalformedEvent(String hex) {
    EventLog log =
        new EventLogBuilder()
            .event(measured("01"))
            .measure(7, EventType.EFI_VARIABLE_DRIVER_CONFIG, Bytes.fromHex(hex))
            .build();

    assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.NOT_MEASURED);
  }

  private static BootEvent measured(String value) {
    return new EventLogBuilder()
        .measureVariable("SecureBoot", Bytes.fromHex(value))
        .build()
        .events()
        .getFirst();
  }

  private static BootEvent inPcr(int pcrIndex, BootEvent event) {
    return new BootEvent(pcrIndex, event.typeId(), event.digests(), event.content());
  }
}
