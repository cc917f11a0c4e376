package dev.keygate.evidence.hcl;

/** Why the paravisor made the report. */
public enum HclRequestType {
  /** To have a key released to it. */
  KEY_RELEASE(1),
  /** To have the attestation key certified; what the vTPM's NV index holds. */
  AK_CERT(2),
  /** To have a wrapped key unwrapped. */
  WRAPPED_KEY(3);

  private final int code;

  HclRequestType(int code) {
    this.code = code;
  }

  /** The number in the report. */
  public int code() {
    return code;
  }
}
