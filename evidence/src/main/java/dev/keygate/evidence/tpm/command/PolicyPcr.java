package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_PolicyPCR: the policy demands these values of these PCRs. In a policy session the TPM
 * compares them now, and refuses the session later with {@link TpmError#PCR_CHANGED} when any PCR
 * was extended in between.
 *
 * @param session the policy or trial session
 * @param pcrDigest SHA-256 over the values, 32 bytes; empty for the present values
 * @param selection which PCRs
 */
public record PolicyPcr(TpmHandle session, Bytes pcrDigest, PcrSelection selection)
    implements TpmCommand<NoResult> {

  static final int DIGEST_BYTES = 32;

  public PolicyPcr {
    if (!pcrDigest.isEmpty() && pcrDigest.size() != DIGEST_BYTES) {
      throw new IllegalArgumentException("a PCR digest has 32 bytes or none");
    }
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.POLICY_PCR;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(session);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.sized16(pcrDigest);
    selection.writeTo(out);
  }

  @Override
  public NoResult readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return NoResult.DONE;
  }

  static Bytes readDigest(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    Bytes digest = in.sized16(DIGEST_BYTES, "pcrDigest");
    if (!digest.isEmpty() && digest.size() != DIGEST_BYTES) {
      throw in.invalid(start, "pcrDigest", "0 or 32 bytes", digest.size() + " bytes");
    }
    return digest;
  }
}
