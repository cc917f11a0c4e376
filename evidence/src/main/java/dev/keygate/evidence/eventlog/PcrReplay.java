package dev.keygate.evidence.eventlog;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Extends events as a TPM does: the PCR becomes SHA-256(PCR ‖ digest). PCRs 0 to 7 start as zeros,
 * but the last byte of PCR 0 is the startup locality.
 */
final class PcrReplay {

  private final SortedMap<Integer, Bytes> pcrs = new TreeMap<>();

  private PcrReplay(int startupLocality) {
    for (int index : PcrSelection.FIRMWARE.indices()) {
      pcrs.put(index, Bytes.zeros(PcrValues.PCR_BYTES));
    }
    byte[] first = new byte[PcrValues.PCR_BYTES];
    first[PcrValues.PCR_BYTES - 1] = (byte) startupLocality;
    pcrs.put(0, Bytes.copyOf(first));
  }

  static PcrReplay of(EventLog log) {
    PcrReplay replay = new PcrReplay(log.startupLocality().orElse(0));
    log.events().forEach(replay::extend);
    return replay;
  }

  PcrValues values() {
    return new PcrValues(pcrs);
  }

  private void extend(BootEvent event) {
    if (event.is(EventType.NO_ACTION)) {
      return;
    }
    event
        .sha256()
        .ifPresent(
            digest ->
                pcrs.computeIfPresent(
                    (int) event.pcrIndex(), (index, pcr) -> Digest.SHA256.of(pcr, digest)));
  }
}
