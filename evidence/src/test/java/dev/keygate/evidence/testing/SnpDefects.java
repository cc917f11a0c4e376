package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.SnpSignature;
import dev.keygate.evidence.snp.TcbComponent;
import java.util.Objects;

/** Applies the defects of an SNP report. */
final class SnpDefects {

  private static final int RESERVED_OFFSET = 0x04C;

  private SnpDefects() {}

  static Bytes cpuidOf(SnpProduct product) {
    return switch (product) {
      case MILAN -> Bytes.fromHex("190101");
      case GENOA -> Bytes.fromHex("191101");
      case TURIN -> Bytes.fromHex("1a0201");
    };
  }

  static void beforeSigning(SnpDefect defect, ReportImage image, SoftwareEndorsement key) {
    switch (defect) {
      case VERSION_1 -> put(image, SnpField.VERSION, 1);
      case RESERVED_SET -> image.flip(RESERVED_OFFSET, 1);
      case RESERVED_AFTER_CPUID_SET -> image.flip(SnpField.CHIP_ID.offsetBytes() - 1, 1);
      case RESERVED_AFTER_CURRENT_VERSION_SET ->
          image.flip(SnpField.COMMITTED_VERSION.offsetBytes() - 1, 1);
      case RESERVED_AFTER_COMMITTED_VERSION_SET ->
          image.flip(SnpField.LAUNCH_TCB.offsetBytes() - 1, 1);
      case RESERVED_BEFORE_SIGNATURE_SET -> image.flip(SnpField.SIGNATURE.offsetBytes() - 1, 1);
      case UNKNOWN_SIGNATURE_ALGORITHM -> put(image, SnpField.SIGNATURE_ALGO, 2);
      case POLICY_MANDATORY_BIT_CLEAR -> image.flip(policyByte(17), bit(17));
      case POLICY_UNKNOWN_BIT -> image.flip(policyByte(26), bit(26));
      case DEBUG_ALLOWED -> image.flip(policyByte(19), bit(19));
      case MIGRATION_ALLOWED -> image.flip(policyByte(18), bit(18));
      case OTHER_CHIP -> image.flip(SnpField.CHIP_ID.offsetBytes(), 1);
      case CHIP_HIDDEN ->
          image.put(SnpField.CHIP_ID.offsetBytes(), Bytes.zeros(SnpField.CHIP_ID.sizeBytes()));
      case OTHER_CHIP_TAIL -> image.flip(SnpField.COMMITTED_TCB.offsetBytes() - 1, 1);
      case OTHER_BOOTLOADER -> flipLevel(image, key, TcbComponent.BOOTLOADER);
      case OTHER_SNP_FIRMWARE -> flipLevel(image, key, TcbComponent.SNP);
      case OTHER_MICROCODE -> image.flip(SnpField.REPORTED_TCB.offsetBytes() + 7, 1);
      case TCB_RESERVED_OCTET_SET -> image.flip(SnpField.REPORTED_TCB.offsetBytes() + 5, 1);
      case OTHER_PRODUCT -> image.put(SnpField.CPUID_FAM_ID.offsetBytes(), otherCpuid(key));
      case UNKNOWN_PRODUCT ->
          image.put(SnpField.CPUID_FAM_ID.offsetBytes(), Bytes.fromHex("177f00"));
      case VMPL_2 -> put(image, SnpField.VMPL, 2);
      case VMPL_OF_HOST -> put(image, SnpField.VMPL, 0xFFFFFFFFL);
      case VMPL_UNDEFINED -> put(image, SnpField.VMPL, 4);
      case SIGNED_BY_VLEK -> put(image, SnpField.KEY_INFO, 1 << 2);
      case NOT_SIGNED -> put(image, SnpField.KEY_INFO, 7 << 2);
      case UNDEFINED_SIGNING_KEY -> put(image, SnpField.KEY_INFO, 3 << 2);
      default -> {}
    }
  }

  static void afterSigning(SnpDefect defect, ReportImage image, SoftwareEndorsement key) {
    int signature = SnpField.SIGNATURE.offsetBytes();
    int numbers = 2 * SnpSignature.PADDED_NUMBER_BYTES;
    switch (defect) {
      case SIGNATURE_BIT_FLIPPED -> image.flip(signature, 1);
      case SIGNED_BIT_FLIPPED -> image.flip(SnpField.MEASUREMENT.offsetBytes(), 1);
      case HOST_DATA_REPLACED -> image.flip(SnpField.HOST_DATA.offsetBytes(), 1);
      case POLICY_REPLACED -> image.flip(policyByte(16), bit(16));
      case REPORTED_TCB_REPLACED -> image.flip(SnpField.REPORTED_TCB.offsetBytes(), 1);
      case REPORT_DATA_REPLACED -> image.flip(SnpField.REPORT_DATA.offsetBytes(), 1);
      case SIGNATURE_ZERO -> image.put(signature, Bytes.zeros(numbers));
      case SIGNATURE_OF_OTHER_REPORT ->
          SnpReportBuilder.putSignature(image, key.sign(Bytes.ofUtf8("another report")));
      case SIGNATURE_R_ZERO -> image.put(signature, Bytes.zeros(SnpSignature.NUMBER_BYTES));
      case SIGNATURE_S_ZERO ->
          image.put(
              signature + SnpSignature.PADDED_NUMBER_BYTES, Bytes.zeros(SnpSignature.NUMBER_BYTES));
      case SIGNATURE_NUMBERS_SWAPPED -> swapNumbers(image);
      case SIGNATURE_BIG_ENDIAN -> reverseNumbers(image);
      case SIGNATURE_S_PADDING_SET -> image.flip(signature + numbers - 1, 1);
      case SIGNATURE_PADDING_SET -> image.flip(signature + SnpSignature.NUMBER_BYTES, 1);
      case SIGNATURE_TAIL_SET -> image.flip(signature + numbers, 1);
      case TRUNCATED -> image.resize(SnpReport.SIZE_BYTES - 1);
      case EXTENDED -> image.resize(SnpReport.SIZE_BYTES + 1);
      default -> {}
    }
  }

  private static void flipLevel(
      ReportImage image, SoftwareEndorsement key, TcbComponent component) {
    int index = Objects.requireNonNull(key.product().tcbLayout().indexes().get(component));
    image.flip(SnpField.REPORTED_TCB.offsetBytes() + index, 1);
  }

  private static void swapNumbers(ReportImage image) {
    Bytes field = numbers(image);
    int size = SnpSignature.PADDED_NUMBER_BYTES;
    image.put(
        SnpField.SIGNATURE.offsetBytes(),
        Bytes.concat(field.slice(size, size), field.slice(0, size)));
  }

  private static void reverseNumbers(ReportImage image) {
    Bytes field = numbers(image);
    int at = SnpField.SIGNATURE.offsetBytes();
    int padded = SnpSignature.PADDED_NUMBER_BYTES;
    int size = SnpSignature.NUMBER_BYTES;
    image.put(at, field.slice(0, size).reversed());
    image.put(at + padded, field.slice(padded, size).reversed());
  }

  private static Bytes numbers(ReportImage image) {
    return image
        .toBytes()
        .slice(SnpField.SIGNATURE.offsetBytes(), 2 * SnpSignature.PADDED_NUMBER_BYTES);
  }

  private static Bytes otherCpuid(SoftwareEndorsement key) {
    boolean milan = key.product() == SnpProduct.MILAN;
    return cpuidOf(milan ? SnpProduct.GENOA : SnpProduct.MILAN);
  }

  private static void put(ReportImage image, SnpField field, long value) {
    image.put(field.offsetBytes(), ByteWriter.littleEndian().u32(value).toBytes());
  }

  private static int policyByte(int bit) {
    return SnpField.POLICY.offsetBytes() + bit / 8;
  }

  private static int bit(int bit) {
    return 1 << (bit % 8);
  }
}
