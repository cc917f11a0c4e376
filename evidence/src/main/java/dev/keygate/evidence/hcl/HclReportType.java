package dev.keygate.evidence.hcl;

/** What lies in the hardware report slot of an HCL report. */
public enum HclReportType {
  /** Virtualisation-based security: no hardware report. */
  VBS(1),
  /** A SEV-SNP report of 1184 octets. */
  SNP(2),
  /** A virtual machine with trusted launch only: no hardware report. */
  TVM(3),
  /** A TDREPORT of 1024 octets. */
  TDX(4);

  private final int code;

  HclReportType(int code) {
    this.code = code;
  }

  /** The number in the report. */
  public int code() {
    return code;
  }
}
