package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A SEQUENCE of SEQUENCEs of an object identifier and a value, each identifier once. */
final class DerPairs {

  private final String format;
  private final Map<String, Bytes> values;

  private DerPairs(String format, Map<String, Bytes> values) {
    this.format = format;
    this.values = values;
  }

  /** Reads at most {@code max} pairs that are all there is. */
  static DerPairs read(String format, String field, Bytes der, int max)
      throws EvidenceFormatException {
    Map<String, Bytes> values = new HashMap<>();
    for (Bytes pair : DerReader.sequence(format, field, der, max)) {
      List<Bytes> parts = DerReader.sequence(format, field, pair, 2);
      if (parts.size() != 2) {
        throw new EvidenceFormatException(
            format, 0, field, "an identifier and a value", parts.size() + " elements");
      }
      Bytes oid = DerReader.objectIdentifier(format, field, parts.get(0));
      if (values.put(oid.hex(), parts.get(1)) != null) {
        throw new EvidenceFormatException(
            format, 0, field, "each identifier once", oid.hex() + " twice");
      }
    }
    return new DerPairs(format, values);
  }

  /** Whether there is a value for an identifier, given as the hexadecimal of its content octets. */
  boolean has(String oid) {
    return values.containsKey(oid);
  }

  /** The DER of the value of an identifier. */
  Bytes value(String oid, String field) throws EvidenceFormatException {
    Bytes value = values.get(oid);
    if (value == null) {
      throw new EvidenceFormatException(format, 0, field, "an element", "none");
    }
    return value;
  }
}
