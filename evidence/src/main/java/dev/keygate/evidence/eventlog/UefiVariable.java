package dev.keygate.evidence.eventlog;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.nio.charset.StandardCharsets;

/**
 * UEFI_VARIABLE_DATA: what an event about a UEFI variable says (TCG PC Client Platform Firmware
 * Profile §10.2.6): GUID of 16 octets, length of the name in UTF-16 units and of the value in
 * octets as numbers of 8 octets, name in UTF-16, value; little-endian.
 *
 * @param vendor the GUID of the name space, in its mixed-endian encoding of 16 octets
 * @param name the name
 * @param value the value
 */
public record UefiVariable(Bytes vendor, String name, Bytes value) {

  private static final String FORMAT = "UEFI variable event";
  private static final int GUID_BYTES = 16;

  /** Reads the content of an event. */
  public static UefiVariable parse(Bytes content) throws EvidenceFormatException {
    ByteCursor in = ByteCursor.littleEndian(FORMAT, content);
    Bytes vendor = in.take(GUID_BYTES, "VariableName");
    int nameStart = in.position();
    long nameUnits = in.u64("UnicodeNameLength");
    int valueStart = in.position();
    long valueBytes = in.u64("VariableDataLength");
    Bytes name = in.take(2 * bounded(in, nameStart, nameUnits, 2), "UnicodeName");
    Bytes value = in.take(bounded(in, valueStart, valueBytes, 1), "VariableData");
    in.requireExhausted();
    return new UefiVariable(vendor, new String(name.toArray(), StandardCharsets.UTF_16LE), value);
  }

  private static int bounded(ByteCursor in, int offset, long count, int unitBytes)
      throws EvidenceFormatException {
    if (count < 0 || count > in.remaining() / unitBytes) {
      throw in.invalid(offset, "length", "at most " + in.remaining(), Long.toUnsignedString(count));
    }
    return (int) count;
  }
}
