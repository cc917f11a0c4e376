package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;

/** Applies the defects of an HCL report. */
final class HclDefects {

  private static final int VERSION_OFFSET = 4;
  private static final int REPORT_SIZE_OFFSET = 8;
  private static final int REQUEST_TYPE_OFFSET = 12;
  private static final int STATUS_OFFSET = 16;
  private static final int DATA_SIZE_OFFSET = 1216;
  private static final int TYPE_OFFSET = 1224;
  private static final int HASH_TYPE_OFFSET = 1228;
  private static final int CLAIMS_SIZE_OFFSET = 1232;

  private HclDefects() {}

  static Bytes reportData(HclDefect defect, Digest digest, Bytes claims) {
    return switch (defect) {
      case BOUND_TO_OTHER_CLAIMS -> digest.of(claims, Bytes.ofUtf8(" "));
      case BOUND_WITH_PADDING -> digest.of(claims, Bytes.zeros(1));
      case REPORT_DATA_TAIL_SET -> Bytes.concat(digest.of(claims), Bytes.fromHex("01"));
      default -> digest.of(claims);
    };
  }

  static void apply(HclDefect defect, ReportImage image, int claimsBytes) {
    int claims = HclReportBuilder.CLAIMS_OFFSET;
    switch (defect) {
      case CLAIMS_CHANGED -> renameSecureBoot(image);
      case OTHER_HASH_TYPE -> put(image, HASH_TYPE_OFFSET, 2);
      case UNKNOWN_HASH_TYPE -> put(image, HASH_TYPE_OFFSET, 4);
      case SIGNATURE_REPLACED -> image.flip(0, 1);
      case VERSION_3 -> put(image, VERSION_OFFSET, 3);
      case REPORT_SIZE_WRONG -> put(image, REPORT_SIZE_OFFSET, claims + claimsBytes + 1);
      case DATA_SIZE_WRONG -> put(image, DATA_SIZE_OFFSET, 20 + claimsBytes + 1);
      case CLAIMS_BEYOND_END -> put(image, CLAIMS_SIZE_OFFSET, 0x7FFFFFFF);
      case STATUS_FAILED -> put(image, STATUS_OFFSET, 1);
      case PADDING_SET -> image.flip(claims + claimsBytes, 1);
      case TRUNCATED -> image.resize(HclReportBuilder.SLOT_OFFSET + 1);
      case TRUSTED_LAUNCH -> put(image, TYPE_OFFSET, 3);
      case UNKNOWN_TYPE -> put(image, TYPE_OFFSET, 5);
      case UNKNOWN_REQUEST_TYPE -> put(image, REQUEST_TYPE_OFFSET, 9);
      default -> {}
    }
  }

  /** Changes the case of one letter of a member's name, which keeps the claims well-formed. */
  private static void renameSecureBoot(ReportImage image) {
    Bytes name = Bytes.ofUtf8("secure-boot");
    Bytes report = image.toBytes();
    int at = HclReportBuilder.CLAIMS_OFFSET;
    while (!report.slice(at, name.size()).equals(name)) {
      at++;
    }
    image.flip(at, 0x20);
  }

  private static void put(ReportImage image, int offset, long value) {
    image.put(offset, ByteWriter.littleEndian().u32(value).toBytes());
  }
}
