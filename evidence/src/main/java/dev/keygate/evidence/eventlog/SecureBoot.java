package dev.keygate.evidence.eventlog;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log says of the UEFI variable SecureBoot. Only a log that replays to quoted PCRs may be
 * asked.
 */
public enum SecureBoot {
  /** Measured into PCR 7 with the value 1. */
  ENABLED,
  /** Measured into PCR 7 with another value. */
  DISABLED,
  /** Not in the log, or not so that the digest covers it. */
  NOT_MEASURED;

  /** EFI_GLOBAL_VARIABLE 8be4df61-93ca-11d2-aa0d-00e098032b8c in its mixed-endian encoding. */
  private static final Bytes GLOBAL_VARIABLE = Bytes.fromHex("61dfe48bca93d211aa0d00e098032b8c");

  private static final Bytes NAME = Bytes.copyOf("SecureBoot".getBytes(StandardCharsets.UTF_16LE));
  private static final int PCR = 7;
  private static final int GUID_BYTES = 16;

  /** Reads all measurements of the variable; they must agree on 1 to be {@link #ENABLED}. */
  public static SecureBoot of(EventLog log) {
    List<Bytes> values = new ArrayList<>();
    for (BootEvent event : log.events()) {
      if (event.pcrIndex() != PCR || !event.is(EventType.EFI_VARIABLE_DRIVER_CONFIG)) {
        continue;
      }
      try {
        readValue(event, values);
      } catch (EvidenceFormatException malformed) {
        return NOT_MEASURED;
      }
    }
    if (values.isEmpty()) {
      return NOT_MEASURED;
    }
    Bytes one = Bytes.fromHex("01");
    return values.stream().allMatch(one::equals) ? ENABLED : DISABLED;
  }

  /** Reads a UEFI_VARIABLE_DATA and keeps its value if it is the variable meant here. */
  private static void readValue(BootEvent event, List<Bytes> values)
      throws EvidenceFormatException {
    ByteCursor in = ByteCursor.littleEndian("UEFI variable event", event.content());
    Bytes guid = in.take(GUID_BYTES, "VariableName");
    long nameLength = in.u64("UnicodeNameLength");
    long dataLength = in.u64("VariableDataLength");
    Bytes name = in.take(bounded(in, nameLength, 2), "UnicodeName");
    Bytes value = in.take(bounded(in, dataLength, 1), "VariableData");
    in.requireExhausted();
    if (!guid.equals(GLOBAL_VARIABLE) || !name.equals(NAME)) {
      return;
    }
    if (!event.isContentMeasured()) {
      throw in.invalid(0, "digest", "that of the event", "another");
    }
    values.add(value);
  }

  private static int bounded(ByteCursor in, long count, int unitBytes)
      throws EvidenceFormatException {
    if (count < 0 || count > in.remaining() / unitBytes) {
      throw in.invalid(
          in.position(), "length", "at most " + in.remaining(), Long.toUnsignedString(count));
    }
    return (int) count * unitBytes;
  }
}
