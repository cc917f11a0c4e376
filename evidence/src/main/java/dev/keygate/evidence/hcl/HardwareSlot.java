package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.tdx.TdReport;
import java.util.Optional;

/** The 1184 octets of an HCL report that belong to the hardware. */
public sealed interface HardwareSlot {

  /** The kind of hardware report. */
  HclReportType type();

  /** The 64 octets that the paravisor had the hardware report carry; empty without a report. */
  Optional<Bytes> reportData();

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

    @Override
    public Optional<Bytes> reportData() {
      return Optional.of(report.reportData());
    }
  }

  /**
   * A TD report, which only the processor that made it can check; the octets after it are ignored.
   *
   * @param report the report
   */
  record Tdx(TdReport report) implements HardwareSlot {
    @Override
    public HclReportType type() {
      return HclReportType.TDX;
    }

    @Override
    public Optional<Bytes> reportData() {
      return Optional.of(report.reportData());
    }
  }

  /**
   * No report of any hardware: the machine is not confidential.
   *
   * @param type {@link HclReportType#VBS} or {@link HclReportType#TVM}
   */
  record None(HclReportType type) implements HardwareSlot {
    @Override
    public Optional<Bytes> reportData() {
      return Optional.empty();
    }
  }

  /** Reads the slot as the runtime header names it. */
  static HardwareSlot read(HclReportType type, Bytes slot) throws EvidenceFormatException {
    return switch (type) {
      case SNP -> new Snp(SnpReport.parse(slot));
      case TDX -> new Tdx(TdReport.parse(slot.slice(0, TdReport.SIZE_BYTES)));
      case VBS, TVM -> new None(type);
    };
  }
}
