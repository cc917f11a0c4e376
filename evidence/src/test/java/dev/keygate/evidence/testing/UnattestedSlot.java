package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.HclReportType;

/** What stands in place of a hardware report on a machine that has none: zeros. */
public enum UnattestedSlot implements HardwareReportBuilder {
  /** A machine with virtualisation-based security. */
  VBS(HclReportType.VBS),
  /** A machine with trusted launch only. */
  TRUSTED_LAUNCH(HclReportType.TVM);

  private final HclReportType type;

  UnattestedSlot(HclReportType type) {
    this.type = type;
  }

  @Override
  public Bytes buildFor(Bytes reportData) {
    return Bytes.EMPTY;
  }

  @Override
  public HclReportType hclType() {
    return type;
  }
}
