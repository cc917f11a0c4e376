package dev.keygate.evidence.eventlog;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * TCG_EfiSpecIDEvent: the first entry, in the older TCG_PCR_EVENT layout, which says which banks
 * the following entries have digests for.
 *
 * @param digestSizes size in bytes by TPM_ALG_ID
 */
record SpecIdEvent(SortedMap<Integer, Integer> digestSizes) {

  private static final String FORMAT = "TCG event log header";
  private static final Bytes SIGNATURE = Bytes.ofUtf8("Spec ID Event03\0");
  private static final int SHA1_BYTES = 20;
  private static final int MAX_DIGEST_BYTES = 64;
  private static final int MAX_ALGORITHMS = 8;
  private static final int SHA256_BYTES = 32;

  static SpecIdEvent readFrom(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    long pcrIndex = in.u32("pcrIndex");
    long typeId = in.u32("eventType");
    if (pcrIndex != 0 || typeId != EventType.NO_ACTION.id()) {
      throw in.invalid(start, "eventType", "EV_NO_ACTION in PCR 0", Long.toHexString(typeId));
    }
    in.take(SHA1_BYTES, "digest");
    ByteCursor event = ByteCursor.littleEndian(FORMAT, EventLogParser.readContent(in));
    SpecIdEvent parsed = readContentFrom(event);
    event.requireExhausted();
    return parsed;
  }

  private static SpecIdEvent readContentFrom(ByteCursor in) throws EvidenceFormatException {
    Bytes signature = in.take(SIGNATURE.size(), "signature");
    if (!signature.equals(SIGNATURE)) {
      throw in.invalid(0, "signature", "Spec ID Event03", signature.hex());
    }
    in.u32("platformClass");
    in.u8("specVersionMinor");
    in.u8("specVersionMajor");
    in.u8("specErrata");
    in.u8("uintnSize");
    SortedMap<Integer, Integer> sizes = readSizes(in);
    in.take(in.u8("vendorInfoSize"), "vendorInfo");
    return new SpecIdEvent(sizes);
  }

  private static SortedMap<Integer, Integer> readSizes(ByteCursor in)
      throws EvidenceFormatException {
    int start = in.position();
    long count = in.u32("numberOfAlgorithms");
    if (count < 1 || count > MAX_ALGORITHMS) {
      throw in.invalid(start, "numberOfAlgorithms", "1 to 8", Long.toString(count));
    }
    SortedMap<Integer, Integer> sizes = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int entry = in.position();
      int algorithm = in.u16("digestSizes.algorithmId");
      int size = in.u16("digestSizes.digestSize");
      if (size < 1 || size > MAX_DIGEST_BYTES || sizes.put(algorithm, size) != null) {
        throw in.invalid(
            entry, "digestSizes", "1 to 64 bytes, once per bank", Integer.toString(size));
      }
    }
    Integer sha256Size = sizes.get(TpmAlgorithm.SHA256.id());
    if (sha256Size == null || sha256Size != SHA256_BYTES) {
      throw in.invalid(start, "digestSizes", "a SHA-256 bank of 32 bytes", sizes.toString());
    }
    return sizes;
  }
}
