package dev.keygate.policy.profile;

/** The kinds of confidential VM that a policy can ask for. */
public enum Tee {
  /** AMD SEV-SNP. */
  SEV_SNP("sevsnpvm", "x-ms-sevsnpvm-is-debuggable"),
  /** Intel TDX. */
  TDX("tdxvm", "tdx_td_attributes_debug");

  private final String attestationType;
  private final String debugClaim;

  Tee(String attestationType, String debugClaim) {
    this.attestationType = attestationType;
    this.debugClaim = debugClaim;
  }

  /** What {@code x-ms-attestation-type} says. */
  String attestationType() {
    return attestationType;
  }

  /** The claim that is true where the host may debug the guest. */
  String debugClaim() {
    return debugClaim;
  }
}
