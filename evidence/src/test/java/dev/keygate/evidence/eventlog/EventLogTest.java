package dev.keygate.evidence.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.testing.EventLogBuilder;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLogTest {

  private static final Bytes ZEROS = Bytes.zeros(32);
  private static final int HEADER_BYTES = 32 + 16 + 8 + 4 + 4 + 1;

  @Test
  void readsWhatFirmwareWrote() throws EvidenceFormatException {
    EventLogBuilder firmware = boot().startupLocality(3);

    assertThat(EventLog.parse(firmware.toBytes())).isEqualTo(firmware.build());
  }

  @ParameterizedTest
  @CsvSource({
    "0x00000004, EV_SEPARATOR",
    "0x00000008, EV_S_CRTM_VERSION",
    "0x0000000d, EV_IPL",
    "0x80000001, EV_EFI_VARIABLE_DRIVER_CONFIG",
    "0x80000010, EV_EFI_HCRTM_EVENT",
    "0x800000e0, EV_EFI_VARIABLE_AUTHORITY",
    "0x800000e4, EV_EFI_SPDM_DEVICE_AUTHORITY",
    "0x00000014, EV_0x00000014",
    "0xdeadbeef, EV_0xdeadbeef"
  })
  void namesWellKnownEvents(String id, String name) {
    assertThat(EventType.nameOf(Long.decode(id))).isEqualTo(name);
  }

  @Test
  void knowsEveryEventByOneNumber() {
    for (EventType type : EventType.values()) {
      assertThat(EventType.of(type.id())).contains(type);
    }
  }

  @Test
  void replaysExtendsInTheirOrder() {
    Bytes first = Bytes.ofUtf8("first");
    Bytes second = Bytes.ofUtf8("second");
    EventLog log =
        new EventLogBuilder()
            .measure(4, EventType.EFI_ACTION, first)
            .measure(4, EventType.EFI_ACTION, second)
            .build();

    Bytes expected = Digest.SHA256.of(Digest.SHA256.of(ZEROS, first.sha256()), second.sha256());
    assertThat(log.replay().get(4)).contains(expected);
    assertThat(log.replay().get(5)).contains(ZEROS);
  }

  @Test
  void startsPcrZeroWithTheStartupLocality() {
    EventLog log = new EventLogBuilder().startupLocality(3).build();

    assertThat(log.replay().get(0)).contains(Bytes.fromHex("00".repeat(31) + "03"));
  }

  @Test
  void doesNotExtendWhatOnlyInforms() {
    EventLog log =
        new EventLogBuilder().measure(1, EventType.NO_ACTION, Bytes.ofUtf8("for you")).build();

    assertThat(log.replay().get(1)).contains(ZEROS);
  }

  @Test
  void differsFromAQuoteWhereAnEventIsMissing() {
    PcrValues quoted =
        boot().measure(4, EventType.EFI_ACTION, Bytes.ofUtf8("more")).build().replay();

    assertThat(boot().build().differencesFrom(quoted)).isEqualTo(PcrSelection.of(4));
  }

  @Test
  void comparesOnlyThePcrsOfFirmware() {
    PcrValues quoted = boot().build().replay().and(PcrValues.of(Map.of(11, ZEROS)));

    assertThat(boot().build().differencesFrom(quoted)).isEqualTo(PcrSelection.NONE);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "header is no EV_NO_ACTION, 4, 04",
    "header of another format, 32, 41",
    "no bank at all, 56, 00",
    "more banks than there are hashes, 56, 09",
    "bank of another hash, 60, 0c",
    "SHA-256 of 20 bytes, 62, 14",
    "PCR beyond the bank, 65, 18",
    "more digests than banks, 73, 02",
    "digest of a bank that is not in the header, 77, 04",
    "event beyond the end, 113, ff"
  })
  void refusesDefects(String defect, int offset, String octet) {
    byte[] bytes =
        new EventLogBuilder().measure(4, EventType.EFI_ACTION, Bytes.zeros(4)).toBytes().toArray();
    bytes[offset] = (byte) Integer.parseInt(octet, 16);

    assertThatThrownBy(() -> EventLog.parse(Bytes.copyOf(bytes)))
        .as(defect)
        .isInstanceOf(EvidenceFormatException.class);
  }

  @Test
  void refusesTwoStartupLocalities() {
    Bytes log = new EventLogBuilder().startupLocality(0).startupLocality(3).toBytes();

    assertThatThrownBy(() -> EventLog.parse(log)).isInstanceOf(EvidenceFormatException.class);
  }

  @Test
  void refusesALogThatIsCutWithinAnEvent() {
    Bytes whole = new EventLogBuilder().measure(4, EventType.EFI_ACTION, Bytes.zeros(4)).toBytes();
    for (int size = 0; size < whole.size(); size++) {
      Bytes cut = whole.slice(0, size);
      Throwable thrown = catchThrowable(() -> EventLog.parse(cut));
      if (size != HEADER_BYTES) {
        assertThat(thrown).as("cut at " + size).isInstanceOf(EvidenceFormatException.class);
      }
    }
  }

  @Test
  void refusesALogOfUnboundedSize() {
    Bytes padding = Bytes.zeros(EventLog.MAX_BYTES);

    assertThatThrownBy(() -> EventLog.parse(Bytes.concat(boot().toBytes(), padding)))
        .isInstanceOf(EvidenceFormatException.class);
  }

  @Property(tries = 1000)
  void readsAnyBytesOrRefusesThem(@ForAll byte[] tail) {
    Bytes log = Bytes.concat(new EventLogBuilder().toBytes(), Bytes.copyOf(tail));

    Throwable thrown = catchThrowable(() -> EventLog.parse(log));

    if (thrown != null) {
      assertThat(thrown).isInstanceOf(EvidenceFormatException.class);
    }
  }

  private static EventLogBuilder boot() {
    return new EventLogBuilder()
        .measure(0, EventType.S_CRTM_VERSION, Bytes.ofUtf8("1"))
        .measureVariable("SecureBoot", Bytes.fromHex("01"))
        .separators();
  }
}
