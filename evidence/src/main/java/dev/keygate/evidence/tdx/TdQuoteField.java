package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;

/**
 * Where each field of a quote's TD report body lies, counted from the start of the body (Intel TDX
 * DCAP Quoting Library API, appendix "Quote format", "TD quote body"). Numbers are little-endian.
 */
public enum TdQuoteField {
  TEE_TCB_SVN(0, 16, TdReportField.TEE_TCB_SVN),
  MRSEAM(16, 48, TdReportField.MRSEAM),
  MRSIGNERSEAM(64, 48, TdReportField.MRSIGNERSEAM),
  SEAMATTRIBUTES(112, 8, TdReportField.SEAMATTRIBUTES),
  TDATTRIBUTES(120, 8, TdReportField.TDATTRIBUTES),
  XFAM(128, 8, TdReportField.XFAM),
  MRTD(136, 48, TdReportField.MRTD),
  MRCONFIGID(184, 48, TdReportField.MRCONFIGID),
  MROWNER(232, 48, TdReportField.MROWNER),
  MROWNERCONFIG(280, 48, TdReportField.MROWNERCONFIG),
  RTMR0(328, 48, TdReportField.RTMR0),
  RTMR1(376, 48, TdReportField.RTMR1),
  RTMR2(424, 48, TdReportField.RTMR2),
  RTMR3(472, 48, TdReportField.RTMR3),
  REPORTDATA(520, 64, TdReportField.REPORTDATA),
  /** In a TDX 1.5 body alone. */
  TEE_TCB_SVN2(584, 16, TdReportField.TEE_TCB_SVN2),
  /** In a TDX 1.5 body alone; SERVTD_HASH of the report. */
  MRSERVICETD(600, 48, TdReportField.SERVTD_HASH);

  private final int offsetBytes;
  private final int sizeBytes;
  private final TdReportField inReport;

  TdQuoteField(int offsetBytes, int sizeBytes, TdReportField inReport) {
    this.offsetBytes = offsetBytes;
    this.sizeBytes = sizeBytes;
    this.inReport = inReport;
  }

  /** Where the field starts, in octets from the start of the body. */
  public int offsetBytes() {
    return offsetBytes;
  }

  /** How many octets the field has. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** The field of a TD report from which the quoting enclave takes the value. */
  public TdReportField inReport() {
    return inReport;
  }

  Bytes of(Bytes body) {
    return body.slice(offsetBytes, sizeBytes);
  }
}
