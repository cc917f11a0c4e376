package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.eventlog.BootEvent;
import dev.keygate.evidence.eventlog.EventLog;
import dev.keygate.evidence.eventlog.EventType;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Writes a boot event log with a SHA-256 bank, event by event, as firmware does. Not safe for use
 * by several threads.
 */
public final class EventLogBuilder {

  private static final Bytes SPEC_ID = Bytes.ofUtf8("Spec ID Event03\0");
  private static final Bytes STARTUP_LOCALITY = Bytes.ofUtf8("StartupLocality\0");
  private static final Bytes GLOBAL_VARIABLE = Bytes.fromHex("61dfe48bca93d211aa0d00e098032b8c");
  private static final int SHA1_BYTES = 20;
  private static final int SHA256_BYTES = 32;

  private final List<BootEvent> events = new ArrayList<>();
  private OptionalInt startupLocality = OptionalInt.empty();

  /** An event whose digest is that of its content. */
  public EventLogBuilder measure(int pcrIndex, EventType type, Bytes content) {
    return event(BootEvent.ofSha256(pcrIndex, type, content.sha256(), content));
  }

  /** An event whose digest is that of something else, such as an image that the content names. */
  public EventLogBuilder measureOther(int pcrIndex, EventType type, Bytes measured, Bytes content) {
    return event(BootEvent.ofSha256(pcrIndex, type, measured.sha256(), content));
  }

  /** A UEFI variable of the global name space, measured into PCR 7. */
  public EventLogBuilder measureVariable(String name, Bytes value) {
    Bytes encodedName = Bytes.copyOf(name.getBytes(StandardCharsets.UTF_16LE));
    Bytes content =
        ByteWriter.littleEndian()
            .bytes(GLOBAL_VARIABLE)
            .u64(name.length())
            .u64(value.size())
            .bytes(encodedName)
            .bytes(value)
            .toBytes();
    return measure(7, EventType.EFI_VARIABLE_DRIVER_CONFIG, content);
  }

  /** Four zero bytes into each of the PCRs 0 to 7, as before the boot loader starts. */
  public EventLogBuilder separators() {
    for (int pcrIndex = 0; pcrIndex < 8; pcrIndex++) {
      measure(pcrIndex, EventType.SEPARATOR, Bytes.zeros(4));
    }
    return this;
  }

  /** Says from which locality the TPM was started. */
  public EventLogBuilder startupLocality(int locality) {
    startupLocality = OptionalInt.of(locality);
    Bytes content = Bytes.concat(STARTUP_LOCALITY, Bytes.copyOf(new byte[] {(byte) locality}));
    return event(BootEvent.ofSha256(0, EventType.NO_ACTION, Bytes.zeros(SHA256_BYTES), content));
  }

  /** Any event. */
  public EventLogBuilder event(BootEvent event) {
    events.add(event);
    return this;
  }

  /** The log as a value. */
  public EventLog build() {
    return new EventLog(startupLocality, events);
  }

  /** The log as {@code binary_bios_measurements} holds it. */
  public Bytes toBytes() {
    return toBytes(EventLogDefect.NONE);
  }

  /** The same with a defect; needs two different events at its start. */
  public Bytes toBytes(EventLogDefect defect) {
    List<BootEvent> written =
        defect == EventLogDefect.NONE ? events : EventLogDefects.toEvents(defect, events);
    return EventLogDefects.toOctets(defect, write(written));
  }

  private static Bytes write(List<BootEvent> events) {
    ByteWriter out = ByteWriter.littleEndian();
    Bytes header = specIdEvent();
    out.u32(0).u32(EventType.NO_ACTION.id()).zeros(SHA1_BYTES).u32(header.size()).bytes(header);
    for (BootEvent event : events) {
      out.u32(event.pcrIndex()).u32(event.typeId()).u32(event.digests().size());
      for (Map.Entry<Integer, Bytes> digest : event.digests().entrySet()) {
        out.u16(digest.getKey()).bytes(digest.getValue());
      }
      out.u32(event.content().size()).bytes(event.content());
    }
    return out.toBytes();
  }

  private static Bytes specIdEvent() {
    return ByteWriter.littleEndian()
        .bytes(SPEC_ID)
        .u32(0)
        .u8(0)
        .u8(2)
        .u8(0)
        .u8(2)
        .u32(1)
        .u16(TpmAlgorithm.SHA256.id())
        .u16(SHA256_BYTES)
        .u8(0)
        .toBytes();
  }
}
