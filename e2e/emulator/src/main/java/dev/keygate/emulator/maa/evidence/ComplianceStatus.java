package dev.keygate.emulator.maa.evidence;

/** What a known launch measurement is called. */
public enum ComplianceStatus {
  /** A paravisor of confidential virtual machines. */
  CVM("azure-compliant-cvm"),
  /** A utility virtual machine of container groups. */
  UVM("azure-compliant-uvm");

  private final String claim;

  ComplianceStatus(String claim) {
    this.claim = claim;
  }

  /** The value of {@code x-ms-compliance-status}. */
  public String claim() {
    return claim;
  }
}
