package dev.keygate.evidence.eventlog;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.List;
import java.util.OptionalInt;

/**
 * A boot event log with a SHA-256 bank. A log is a claim: compare its {@link #replay} with quoted
 * PCRs before believing an event.
 *
 * @param startupLocality from which locality the TPM was started, which decides the first value of
 *     PCR 0; absent means 0
 * @param events the entries in order, without the one that identifies the format
 */
public record EventLog(OptionalInt startupLocality, List<BootEvent> events) {

  /** The largest log that is read, in bytes; firmware reserves far less. */
  public static final int MAX_BYTES = 4 << 20;

  public EventLog {
    events = List.copyOf(events);
  }

  /** Reads a whole log as {@code binary_bios_measurements} holds it. */
  public static EventLog parse(Bytes bytes) throws EvidenceFormatException {
    return EventLogParser.parse(bytes);
  }

  /** What PCRs 0 to 7 of the SHA-256 bank hold if the log is true and complete. */
  public PcrValues replay() {
    return PcrReplay.of(this).values();
  }

  /** The PCRs among 0 to 7 that were quoted with another value than the log leads to. */
  public PcrSelection differencesFrom(PcrValues quoted) {
    return replay().differencesFrom(quoted.only(PcrSelection.FIRMWARE));
  }
}
