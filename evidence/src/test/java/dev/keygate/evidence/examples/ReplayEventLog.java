package dev.keygate.evidence.examples;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.eventlog.BootEvent;
import dev.keygate.evidence.eventlog.EventLog;
import dev.keygate.evidence.eventlog.SecureBoot;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import java.util.function.Consumer;

/**
 * Believes a boot event log as far as it leads to quoted PCRs.
 *
 * @param out takes lines
 */
record ReplayEventLog(Consumer<String> out) {

  boolean run(Bytes measurements, PcrValues quoted) throws EvidenceFormatException {
    EventLog log = EventLog.parse(measurements);
    PcrSelection differences = log.differencesFrom(quoted);
    if (!differences.isEmpty()) {
      out.accept("the log does not lead to the quoted PCRs " + differences);
      return false;
    }
    for (BootEvent event : log.events()) {
      out.accept("PCR " + event.pcrIndex() + " " + event.typeName());
    }
    return SecureBoot.of(log) == SecureBoot.ENABLED;
  }
}
