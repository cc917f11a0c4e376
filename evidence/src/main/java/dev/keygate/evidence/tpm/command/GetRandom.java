package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_GetRandom.
 *
 * @param sizeBytes how much; a TPM may return less, at most the size of its largest digest
 */
public record GetRandom(int sizeBytes) implements TpmCommand<Bytes> {

  public GetRandom {
    NvPublic.requireU16(sizeBytes, "sizeBytes");
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.GET_RANDOM;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of();
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.u16(sizeBytes);
  }

  @Override
  public Bytes readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return parameters.sized16(sizeBytes, "randomBytes");
  }
}
