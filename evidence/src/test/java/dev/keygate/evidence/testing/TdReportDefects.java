package dev.keygate.evidence.testing;

import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.tdx.TdReportField;

/** Applies the defects of a TD report. */
final class TdReportDefects {

  private TdReportDefects() {}

  static void beforeHashing(TdReportDefect defect, ReportImage image) {
    switch (defect) {
      case TYPE_SGX -> image.flip(TdReportField.TYPE.offsetBytes(), 0x81);
      case SUBTYPE_1 -> image.flip(TdReportField.SUBTYPE.offsetBytes(), 1);
      case VERSION_2 -> image.flip(TdReportField.VERSION.offsetBytes(), 2);
      case TYPE_RESERVED_SET -> image.flip(3, 1);
      case MAC_STRUCT_RESERVED_SET -> image.flip(223, 1);
      case TCB_INFO_RESERVED_SET -> image.flip(400, 1);
      case GAP_SET -> image.flip(511, 1);
      case TD_INFO_RESERVED_SET -> image.flip(960, 1);
      case SERVTD_HASH_IN_VERSION_0 -> image.flip(TdReportField.SERVTD_HASH.offsetBytes(), 1);
      case RESERVED_TUD_BIT -> image.flip(TdReportField.TDATTRIBUTES.offsetBytes(), 1 << 7);
      case XFAM_WITHOUT_SSE -> image.flip(TdReportField.XFAM.offsetBytes(), 1 << 1);
      default -> {}
    }
  }

  static void afterHashing(TdReportDefect defect, ReportImage image) {
    switch (defect) {
      case TRUNCATED -> image.resize(TdReport.SIZE_BYTES - 1);
      case EXTENDED -> image.resize(TdReport.SIZE_BYTES + 1);
      case TCB_INFO_HASH_WRONG -> image.flip(TdReportField.TEE_TCB_INFO_HASH.offsetBytes(), 1);
      case TCB_INFO_CHANGED -> image.flip(TdReportField.MRSEAM.offsetBytes(), 1);
      case TD_INFO_HASH_WRONG -> image.flip(TdReportField.TEE_INFO_HASH.offsetBytes() + 47, 1);
      case TD_INFO_CHANGED -> image.flip(TdReportField.RTMR3.offsetBytes() + 47, 1);
      default -> {}
    }
  }
}
