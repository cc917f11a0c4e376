package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.HclReportType;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.SnpSignature;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes and signs SNP reports. It starts with what a machine on Azure reports: policy 0x3001F,
 * VMPL 0, all four TCBs equal to the key's. Not safe for use by several threads.
 */
public final class SnpReportBuilder implements HardwareReportBuilder {

  /** SMT allowed, ABI 0.31, neither debugging nor migration. */
  public static final long AZURE_POLICY = 0x3001F;

  /** The launch measurement of every report that is not told another one. */
  public static final Bytes PARAVISOR_MEASUREMENT = Bytes.ofUtf8("software paravisor").sha384();

  private static final long DEFAULT_VERSION = 3;
  private static final long VERSION_WITH_CPUID = 3;

  private final SoftwareEndorsement key;
  private final Map<SnpField, Bytes> fields = new EnumMap<>(SnpField.class);
  private SnpDefect defect = SnpDefect.NONE;

  private SnpReportBuilder(SoftwareEndorsement key) {
    this.key = key;
  }

  /** A report of version 3 that this key signs. */
  public static SnpReportBuilder of(SoftwareEndorsement key) {
    SnpReportBuilder builder = new SnpReportBuilder(key);
    long tcb = key.tcb().raw();
    return builder
        .with(SnpField.VERSION, DEFAULT_VERSION)
        .with(SnpField.GUEST_SVN, 10)
        .with(SnpField.POLICY, AZURE_POLICY)
        .with(SnpField.FAMILY_ID, 2)
        .with(SnpField.IMAGE_ID, 2)
        .with(SnpField.SIGNATURE_ALGO, 1)
        .with(SnpField.PLATFORM_INFO, 0x25)
        .with(SnpField.KEY_INFO, key.signingKey() == SigningKey.VLEK ? 1 << 2 : 0)
        .with(SnpField.MEASUREMENT, PARAVISOR_MEASUREMENT)
        .with(SnpField.ID_KEY_DIGEST, Bytes.ofUtf8("software id key").sha384())
        .with(SnpField.REPORT_ID, key.chipId().sha256())
        .with(SnpField.REPORT_ID_MA, Bytes.fromHex("ff".repeat(32)))
        .with(SnpField.CURRENT_TCB, tcb)
        .with(SnpField.REPORTED_TCB, tcb)
        .with(SnpField.COMMITTED_TCB, tcb)
        .with(SnpField.LAUNCH_TCB, tcb)
        .with(SnpField.CHIP_ID, key.chipId())
        .with(SnpField.CURRENT_VERSION, Bytes.fromHex("1d3701"))
        .with(SnpField.COMMITTED_VERSION, Bytes.fromHex("1d3701"));
  }

  /** Sets a field to a number, little-endian. */
  public SnpReportBuilder with(SnpField field, long value) {
    Bytes octets = ByteWriter.littleEndian().u64(value).toBytes();
    int size = Math.min(field.sizeBytes(), octets.size());
    return with(field, octets.slice(0, size));
  }

  /** Sets a field to octets, filled up with zeros. */
  public SnpReportBuilder with(SnpField field, Bytes value) {
    fields.put(field, Bytes.concat(value, Bytes.zeros(field.sizeBytes() - value.size())));
    return this;
  }

  /** Sets REPORT_DATA, filled up with zeros to 64 octets. */
  public SnpReportBuilder reportData(Bytes value) {
    return with(SnpField.REPORT_DATA, value);
  }

  /** Lets this go wrong. */
  public SnpReportBuilder defect(SnpDefect wrong) {
    defect = wrong;
    return this;
  }

  /** The signed report, 1184 octets unless the defect says otherwise. */
  public Bytes build() {
    ReportImage image = new ReportImage(SnpReport.SIZE_BYTES);
    setCpuid(key.product());
    fields.forEach((field, value) -> image.put(field.offsetBytes(), value));
    SnpDefects.beforeSigning(defect, image, key);
    Bytes unsigned = image.toBytes().slice(0, SnpField.SIGNATURE.offsetBytes());
    Bytes signature = key.sign(unsigned);
    putSignature(image, signature);
    SnpDefects.afterSigning(defect, image, key);
    return image.toBytes();
  }

  @Override
  public Bytes buildFor(Bytes reportData) {
    return reportData(reportData).build();
  }

  @Override
  public HclReportType hclType() {
    return HclReportType.SNP;
  }

  static void putSignature(ReportImage image, Bytes signature) {
    int at = SnpField.SIGNATURE.offsetBytes();
    int size = signature.size() / 2;
    image.put(at, signature.slice(0, size).reversed());
    image.put(at + SnpSignature.PADDED_NUMBER_BYTES, signature.slice(size, size).reversed());
  }

  private void setCpuid(SnpProduct product) {
    Bytes version = fields.getOrDefault(SnpField.VERSION, Bytes.zeros(1));
    if (version.at(0) < VERSION_WITH_CPUID) {
      return;
    }
    Bytes cpuid = SnpDefects.cpuidOf(product);
    fields.putIfAbsent(SnpField.CPUID_FAM_ID, cpuid.slice(0, 1));
    fields.putIfAbsent(SnpField.CPUID_MOD_ID, cpuid.slice(1, 1));
    fields.putIfAbsent(SnpField.CPUID_STEP, cpuid.slice(2, 1));
  }
}
