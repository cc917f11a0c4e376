package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.snp.SnpReport;

/** The 1184 octets of an HCL report that belong to the hardware. */
public sealed interface HardwareSlot {

  /** The kind of hardware report. */
  HclReportType type();

  /**
   * A SEV-SNP report, signed by the processor.
   *
   * @param report the report
   */
  record Snp(SnpReport report) implements HardwareSlot {
    @Override
    public HclReportType type() {
      return HclReportType.SNP;
    }
  }

  /**
   * A TDREPORT, which only the processor that made it can check; the octets after it are ignored.
   *
   * @param tdReport 1024 octets
   */
  record Tdx(Bytes tdReport) implements HardwareSlot {
    @Override
    public HclReportType type() {
      return HclReportType.TDX;
    }

    /** REPORTDATA, 64 octets. */
    public Bytes reportData() {
      return tdReport.slice(HclLayout.TD_REPORT_DATA_OFFSET, HclLayout.REPORT_DATA_BYTES);
    }
  }

  /**
   * No report of any hardware: the machine is not confidential.
   *
   * @param type {@link HclReportType#VBS} or {@link HclReportType#TVM}
   */
  record None(HclReportType type) implements HardwareSlot {}

  /** Reads the slot as the runtime header names it. */
  static HardwareSlot read(HclReportType type, Bytes slot) throws EvidenceFormatException {
    return switch (type) {
      case SNP -> new Snp(SnpReport.parse(slot));
      case TDX -> new Tdx(slot.slice(0, HclLayout.TD_REPORT_BYTES));
      case VBS, TVM -> new None(type);
    };
  }
}
