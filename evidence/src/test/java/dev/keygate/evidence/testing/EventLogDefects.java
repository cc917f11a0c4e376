package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.eventlog.BootEvent;
import dev.keygate.evidence.eventlog.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the defects of a log: those of the events before it is written, those of the octets
 * after. Offsets are those of a log of one bank, whose second entry is about to extend a PCR.
 */
final class EventLogDefects {

  private static final int HEADER_EVENT_SIZE_OFFSET = 28;
  private static final int SIGNATURE_OFFSET = 32;
  private static final int BANK_COUNT_OFFSET = 56;
  private static final int BANK_OFFSET = 60;
  private static final int BANK_SIZE_OFFSET = 62;
  private static final int VENDOR_INFO_SIZE_OFFSET = 64;
  private static final int EVENT_OFFSET = 65;

  private EventLogDefects() {}

  static List<BootEvent> toEvents(EventLogDefect defect, List<BootEvent> honest) {
    List<BootEvent> events = new ArrayList<>(honest);
    BootEvent first = honest.getFirst();
    switch (defect) {
      case EVENT_MISSING -> events.removeFirst();
      case EVENT_TWICE -> events.addFirst(first);
      case EVENTS_SWAPPED -> {
        events.set(0, honest.get(1));
        events.set(1, first);
      }
      case DIGEST_BIT_FLIPPED ->
          events.set(
              0, BootEvent.ofSha256(pcr(first), type(first), flipped(first), first.content()));
      case EVENT_MADE_INFORMATION ->
          events.set(
              0,
              BootEvent.ofSha256(pcr(first), EventType.NO_ACTION, digest(first), first.content()));
      case EVENT_OF_OTHER_PCR ->
          events.set(
              0, BootEvent.ofSha256(pcr(first) ^ 1, type(first), digest(first), first.content()));
      case LOCALITY_TWICE -> {
        events.add(locality(0, 3));
        events.add(locality(0, 3));
      }
      case LOCALITY_UNDEFINED -> events.add(locality(0, 5));
      case LOCALITY_OF_OTHER_PCR -> events.add(locality(1, 3));
      case OTHER_LOCALITY -> events.add(locality(0, 4));
      default -> {}
    }
    return events;
  }

  static Bytes toOctets(EventLogDefect defect, Bytes log) {
    return switch (defect) {
      case HEADER_TYPE_OTHER -> put(log, 4, 4);
      case HEADER_PCR_OTHER -> put(log, 0, 1);
      case HEADER_SIGNATURE_OTHER -> put(log, SIGNATURE_OFFSET, 0x41414141L);
      case NO_BANK -> put(log, BANK_COUNT_OFFSET, 0);
      case TOO_MANY_BANKS -> put(log, BANK_COUNT_OFFSET, 9);
      case BANK_TWICE -> bankTwice(log);
      case SHA256_BANK_MISSING -> put(log, BANK_OFFSET, 0x0030_000CL);
      case SHA256_SIZE_OTHER -> put(log, BANK_OFFSET, 0x0014_000BL);
      case SHA256_SIZE_ZERO -> put(log, BANK_OFFSET, 0x0000_000BL);
      case VENDOR_INFO_BEYOND_END -> splice(log, VENDOR_INFO_SIZE_OFFSET, 1, Bytes.fromHex("ff"));
      case HEADER_TAIL ->
          put(splice(log, EVENT_OFFSET, 0, Bytes.zeros(1)), HEADER_EVENT_SIZE_OFFSET, 34);
      case PCR_BEYOND_BANK -> put(log, EVENT_OFFSET, 24);
      case MORE_DIGESTS_THAN_BANKS -> put(log, EVENT_OFFSET + 8, 2);
      case DIGEST_OF_OTHER_BANK -> splice(log, EVENT_OFFSET + 12, 2, Bytes.fromHex("0400"));
      case EVENT_BEYOND_END -> put(log, EVENT_OFFSET + 46, 0xFFFFFFFFL);
      case TRUNCATED -> log.slice(0, log.size() - 1);
      case EXTENDED -> Bytes.concat(log, Bytes.zeros(1));
      default -> log;
    };
  }

  private static Bytes bankTwice(Bytes log) {
    Bytes bank = log.slice(BANK_OFFSET, 4);
    Bytes longer = splice(log, BANK_SIZE_OFFSET + 2, 0, bank);
    return put(put(longer, BANK_COUNT_OFFSET, 2), HEADER_EVENT_SIZE_OFFSET, 37);
  }

  private static BootEvent locality(int pcrIndex, int locality) {
    Bytes content =
        Bytes.concat(Bytes.ofUtf8("StartupLocality\0"), Bytes.copyOf(new byte[] {(byte) locality}));
    return BootEvent.ofSha256(pcrIndex, EventType.NO_ACTION, Bytes.zeros(32), content);
  }

  private static Bytes put(Bytes log, int offset, long number) {
    return splice(log, offset, 4, ByteWriter.littleEndian().u32(number).toBytes());
  }

  private static Bytes splice(Bytes log, int offset, int removed, Bytes inserted) {
    int rest = offset + removed;
    return Bytes.concat(log.slice(0, offset), inserted, log.slice(rest, log.size() - rest));
  }

  private static int pcr(BootEvent event) {
    return (int) event.pcrIndex();
  }

  private static EventType type(BootEvent event) {
    return EventType.of(event.typeId()).orElseThrow();
  }

  private static Bytes digest(BootEvent event) {
    return event.sha256().orElseThrow();
  }

  private static Bytes flipped(BootEvent event) {
    return TpmStatementDefects.withLastBitFlipped(digest(event));
  }
}
