package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_PCR_Extend of the SHA-256 bank: the PCR becomes SHA-256(PCR ‖ digest).
 *
 * @param index the PCR, 0 to 23
 * @param digest 32 bytes
 */
public record PcrExtend(int index, Bytes digest) implements TpmCommand<NoResult> {

  public PcrExtend {
    if (!PcrSelection.of(index).contains(index) || digest.size() != PcrValues.PCR_BYTES) {
      throw new IllegalArgumentException("a digest has 32 bytes");
    }
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.PCR_EXTEND;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(new TpmHandle(index));
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.u32(1).u16(TpmAlgorithm.SHA256.id()).bytes(digest);
  }

  @Override
  public NoResult readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return NoResult.DONE;
  }

  static Bytes readDigest(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    long count = in.u32("digests.count");
    if (count != 1) {
      throw in.invalid(start, "digests.count", "1", Long.toString(count));
    }
    int hashStart = in.position();
    int hash = in.u16("digests.hashAlg");
    if (hash != TpmAlgorithm.SHA256.id()) {
      throw in.invalid(hashStart, "digests.hashAlg", "SHA-256", "0x" + Integer.toHexString(hash));
    }
    return in.take(PcrValues.PCR_BYTES, "digests.digest");
  }
}
