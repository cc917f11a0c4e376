package dev.keygate.evidence.tpm.attest;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * TPMS_CLOCK_INFO.
 *
 * @param milliseconds time the TPM was powered, over all its starts
 * @param resetCount resets of the TPM: one per boot of the machine
 * @param restartCount resumes and restarts since the last reset
 * @param safety whether the TPM vouches that no higher time was reported before
 */
public record TpmClock(long milliseconds, long resetCount, long restartCount, Safety safety) {

  /** TPMI_YES_NO "safe". */
  public enum Safety {
    UNSAFE,
    SAFE
  }

  static TpmClock readFrom(ByteCursor in) throws EvidenceFormatException {
    long milliseconds = in.u64("clock");
    long resetCount = in.u32("resetCount");
    long restartCount = in.u32("restartCount");
    int start = in.position();
    int safe = in.u8("safe");
    if (safe > 1) {
      throw in.invalid(start, "safe", "0 or 1", Integer.toString(safe));
    }
    Safety safety = safe == 1 ? Safety.SAFE : Safety.UNSAFE;
    return new TpmClock(milliseconds, resetCount, restartCount, safety);
  }

  void writeTo(ByteWriter out) {
    out.u64(milliseconds).u32(resetCount).u32(restartCount).u8(safety == Safety.SAFE ? 1 : 0);
  }
}
