package dev.keygate.evidence.tdx;

/** Which of the two TD report bodies a quote has. */
public enum TdxBody {
  /** Body type 2, and the body of every quote of version 4. */
  TDX_1_0(2, 584),
  /** Body type 3: with TEE_TCB_SVN2 and MRSERVICETD. */
  TDX_1_5(3, 648);

  private final int type;
  private final int sizeBytes;

  TdxBody(int type, int sizeBytes) {
    this.type = type;
    this.sizeBytes = sizeBytes;
  }

  /** The number by which a quote of version 5 names the body. */
  public int type() {
    return type;
  }

  /** The exact size of the body in octets. */
  public int sizeBytes() {
    return sizeBytes;
  }
}
