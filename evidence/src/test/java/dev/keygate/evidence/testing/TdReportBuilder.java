package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.HclReportType;
import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.tdx.TdReportField;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes TD reports. It starts with what a machine on Azure reports: no attributes, RTMRs of zeros,
 * both TCBs alike. The MAC is made up. Not safe for use by several threads.
 */
public final class TdReportBuilder implements HardwareReportBuilder {

  /** MRTD of every report that is not told another one. */
  public static final Bytes PARAVISOR_MEASUREMENT = Bytes.ofUtf8("software paravisor").sha384();

  private final Map<TdReportField, Bytes> fields = new EnumMap<>(TdReportField.class);
  private TdReportDefect defect = TdReportDefect.NONE;

  private TdReportBuilder() {}

  /** A report of version 0. */
  public static TdReportBuilder create() {
    return new TdReportBuilder()
        .with(TdReportField.TYPE, Bytes.fromHex("81"))
        .with(TdReportField.CPUSVN, Bytes.fromHex("0606131503ff0003"))
        .with(TdReportField.VALID, Bytes.fromHex("ff0103"))
        .with(TdReportField.TEE_TCB_SVN, Bytes.fromHex("070103"))
        .with(TdReportField.TEE_TCB_SVN2, Bytes.fromHex("070103"))
        .with(TdReportField.MRSEAM, Bytes.ofUtf8("software module").sha384())
        .with(TdReportField.XFAM, Bytes.fromHex("e71806"))
        .with(TdReportField.MRTD, PARAVISOR_MEASUREMENT)
        .with(TdReportField.MAC, Bytes.ofUtf8("software MAC").sha256());
  }

  /** Sets a field to octets, filled up with zeros. */
  public TdReportBuilder with(TdReportField field, Bytes value) {
    fields.put(field, Bytes.concat(value, Bytes.zeros(field.sizeBytes() - value.size())));
    return this;
  }

  /** Sets REPORTDATA, filled up with zeros to 64 octets. */
  public TdReportBuilder reportData(Bytes value) {
    return with(TdReportField.REPORTDATA, value);
  }

  /** Lets this go wrong. */
  public TdReportBuilder defect(TdReportDefect wrong) {
    defect = wrong;
    return this;
  }

  /** The report with its hashes, 1024 octets unless the defect says otherwise. */
  public Bytes build() {
    ReportImage image = new ReportImage(TdReport.SIZE_BYTES);
    fields.forEach((field, value) -> image.put(field.offsetBytes(), value));
    TdReportDefects.beforeHashing(defect, image);
    Bytes written = image.toBytes();
    Bytes tcbInfo = written.slice(TdReport.TEE_TCB_INFO_OFFSET, TdReport.TEE_TCB_INFO_BYTES);
    Bytes tdInfo = written.slice(TdReport.TDINFO_OFFSET, TdReport.TDINFO_BYTES);
    image.put(TdReportField.TEE_TCB_INFO_HASH.offsetBytes(), tcbInfo.sha384());
    image.put(TdReportField.TEE_INFO_HASH.offsetBytes(), tdInfo.sha384());
    TdReportDefects.afterHashing(defect, image);
    return image.toBytes();
  }

  @Override
  public Bytes buildFor(Bytes reportData) {
    return reportData(reportData).build();
  }

  @Override
  public HclReportType hclType() {
    return HclReportType.TDX;
  }
}
