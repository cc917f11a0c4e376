package dev.keygate.evidence.tpm;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;

/**
 * Policy digests computed without a TPM: what a policy session ends up with, and so what an
 * object's {@code authPolicy} must be (TPM 2.0 Library part 3, §23).
 */
public final class PolicyDigest {

  /** A session that has not been told any policy. */
  public static final Bytes EMPTY = Bytes.zeros(32);

  private static final int POLICY_PCR = 0x0000017F;

  private PolicyDigest() {}

  /** After PolicyPCR as the only policy command: the PCRs have these values. */
  public static Bytes ofPcrs(PcrValues values) {
    return afterPcrs(EMPTY, values.selection(), values.digest());
  }

  /**
   * After PolicyPCR on top of what the session already holds.
   *
   * @param before the session's digest, 32 bytes
   * @param pcrDigest SHA-256 over the selected PCRs by ascending index
   */
  public static Bytes afterPcrs(Bytes before, PcrSelection selection, Bytes pcrDigest) {
    ByteWriter out = ByteWriter.bigEndian().bytes(before).u32(POLICY_PCR);
    selection.writeTo(out);
    return out.bytes(pcrDigest).toBytes().sha256();
  }
}
