package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.HclReportType;

/** Writes the hardware report around which a paravisor puts its own. */
public sealed interface HardwareReportBuilder
    permits SnpReportBuilder, TdReportBuilder, UnattestedSlot {

  /** The report with this REPORT_DATA, filled up with zeros to 64 octets. */
  Bytes buildFor(Bytes reportData);

  /** What the paravisor calls this kind of report. */
  HclReportType hclType();
}
