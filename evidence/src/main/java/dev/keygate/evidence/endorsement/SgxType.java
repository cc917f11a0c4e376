package dev.keygate.evidence.endorsement;

/** How a platform protects the memory of enclaves. */
public enum SgxType {
  /** A small encrypted range with integrity and replay protection. */
  STANDARD(0),
  /** All memory, with logical integrity. */
  SCALABLE(1),
  /** All memory, with cryptographic integrity. */
  SCALABLE_WITH_INTEGRITY(2);

  private final int code;

  SgxType(int code) {
    this.code = code;
  }

  /** The number in a PCK certificate. */
  public int code() {
    return code;
  }
}
