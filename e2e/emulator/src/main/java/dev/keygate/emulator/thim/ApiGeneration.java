package dev.keygate.emulator.thim;

/** The generations of Intel's interface that are answered. */
enum ApiGeneration {
  V3("SGX-TCB-Info-Issuer-Chain"),
  V4("TCB-Info-Issuer-Chain");

  private final String tcbChainHeader;

  ApiGeneration(String tcbChainHeader) {
    this.tcbChainHeader = tcbChainHeader;
  }

  /** The header with the signers of TCB information; TDX has had one name only. */
  String tcbChainHeader() {
    return tcbChainHeader;
  }
}
