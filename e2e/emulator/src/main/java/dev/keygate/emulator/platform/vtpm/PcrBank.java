package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** The SHA-256 bank of 24 PCRs. Guarded by the TPM's lock. */
final class PcrBank {

  /** Only higher localities may extend PCRs 17 to 22, which start as ones. */
  private static final PcrSelection DYNAMIC = PcrSelection.of(17, 18, 19, 20, 21, 22);

  /** Extends of these do not count as a change, so that debugging disturbs no policy session. */
  private static final PcrSelection UNCOUNTED = PcrSelection.of(16, 21, 22, 23);

  private final SortedMap<Integer, Bytes> pcrs = new TreeMap<>();
  private long updateCounter = 1;

  PcrBank() {
    for (int index = 0; index < PcrSelection.PCR_COUNT; index++) {
      byte start = (byte) (DYNAMIC.contains(index) ? 0xFF : 0);
      byte[] value = new byte[PcrValues.PCR_BYTES];
      Arrays.fill(value, start);
      pcrs.put(index, Bytes.copyOf(value));
    }
  }

  boolean mayExtend(int index) {
    return !DYNAMIC.contains(index);
  }

  void extend(int index, Bytes digest) {
    pcrs.compute(index, (same, value) -> Digest.SHA256.of(value, digest));
    if (!UNCOUNTED.contains(index)) {
      updateCounter++;
    }
  }

  PcrValues values(PcrSelection selection) {
    return new PcrValues(pcrs).only(selection);
  }

  long updateCounter() {
    return updateCounter;
  }
}
