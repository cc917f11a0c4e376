package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of some of the PCRs that were asked for.
 *
 * @param updateCounter grows with every extend, so that two readings can be known to belong
 *     together
 * @param values at most eight PCRs
 */
public record PcrReading(long updateCounter, PcrValues values) {

  /** How many values one response holds at most. */
  public static final int MAX_VALUES = 8;

  static PcrReading readFrom(ByteCursor in) throws EvidenceFormatException {
    long updateCounter = in.u32("pcrUpdateCounter");
    PcrSelection selection = PcrSelection.readFrom(in);
    int start = in.position();
    long count = in.u32("pcrValues.count");
    if (count != selection.size() || count > MAX_VALUES) {
      throw in.invalid(
          start, "pcrValues.count", selection.size() + ", at most 8", Long.toString(count));
    }
    SortedMap<Integer, Bytes> values = new TreeMap<>();
    for (int index : selection.indices()) {
      int valueStart = in.position();
      Bytes value = in.sized16(PcrValues.PCR_BYTES, "pcrValues");
      if (value.size() != PcrValues.PCR_BYTES) {
        throw in.invalid(valueStart, "pcrValues", "32 bytes", value.size() + " bytes");
      }
      values.put(index, value);
    }
    return new PcrReading(updateCounter, new PcrValues(values));
  }
}
