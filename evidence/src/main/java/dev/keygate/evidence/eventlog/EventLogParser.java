package dev.keygate.evidence.eventlog;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads TCG_PCR_EVENT2 entries until the log ends. */
final class EventLogParser {

  private static final String FORMAT = "TCG event log";
  private static final Bytes STARTUP_LOCALITY = Bytes.ofUtf8("StartupLocality\0");
  private static final int MAX_LOCALITY = 4;

  private final ByteCursor in;
  private final SpecIdEvent header;
  private final List<BootEvent> events = new ArrayList<>();
  private OptionalInt startupLocality = OptionalInt.empty();

  private EventLogParser(ByteCursor in) throws EvidenceFormatException {
    this.in = in;
    this.header = SpecIdEvent.readFrom(in);
  }

  static EventLog parse(Bytes bytes) throws EvidenceFormatException {
    if (bytes.size() > EventLog.MAX_BYTES) {
      throw new EvidenceFormatException(
          FORMAT, 0, "log", "at most " + EventLog.MAX_BYTES + " bytes", bytes.size() + " bytes");
    }
    EventLogParser parser = new EventLogParser(ByteCursor.littleEndian(FORMAT, bytes));
    while (parser.in.remaining() > 0) {
      parser.readEvent();
    }
    return new EventLog(parser.startupLocality, parser.events);
  }

  private void readEvent() throws EvidenceFormatException {
    int start = in.position();
    long pcrIndex = in.u32("pcrIndex");
    long typeId = in.u32("eventType");
    if (typeId != EventType.NO_ACTION.id() && pcrIndex >= PcrSelection.PCR_COUNT) {
      throw in.invalid(start, "pcrIndex", "0 to 23", Long.toString(pcrIndex));
    }
    SortedMap<Integer, Bytes> digests = readDigests();
    BootEvent event = new BootEvent(pcrIndex, typeId, digests, readContent(in));
    noteStartupLocality(event, start);
    events.add(event);
  }

  private SortedMap<Integer, Bytes> readDigests() throws EvidenceFormatException {
    int start = in.position();
    long count = in.u32("digests.count");
    if (count > header.digestSizes().size()) {
      throw in.invalid(
          start, "digests.count", "at most " + header.digestSizes().size(), Long.toString(count));
    }
    SortedMap<Integer, Bytes> digests = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int algorithmStart = in.position();
      int algorithm = in.u16("digests.hashAlg");
      Integer size = header.digestSizes().get(algorithm);
      if (size == null || digests.containsKey(algorithm)) {
        throw in.invalid(
            algorithmStart,
            "digests.hashAlg",
            "a bank of the header, once",
            "0x" + Integer.toHexString(algorithm));
      }
      digests.put(algorithm, in.take(size, "digests.digest"));
    }
    return digests;
  }

  static Bytes readContent(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    long size = in.u32("eventSize");
    if (size > in.remaining()) {
      throw in.invalid(start, "eventSize", "at most " + in.remaining(), Long.toString(size));
    }
    return in.take((int) size, "event");
  }

  private void noteStartupLocality(BootEvent event, int start) throws EvidenceFormatException {
    Bytes content = event.content();
    int size = STARTUP_LOCALITY.size();
    if (!event.is(EventType.NO_ACTION)
        || content.size() != size + 1
        || !content.slice(0, size).equals(STARTUP_LOCALITY)) {
      return;
    }
    int locality = content.at(size);
    if (event.pcrIndex() != 0 || locality > MAX_LOCALITY || startupLocality.isPresent()) {
      throw in.invalid(
          start, "StartupLocality", "once, about PCR 0, 0 to 4", Integer.toString(locality));
    }
    startupLocality = OptionalInt.of(locality);
  }
}
