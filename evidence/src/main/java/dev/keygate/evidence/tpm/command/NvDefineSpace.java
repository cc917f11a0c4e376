package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_NV_DefineSpace in the owner hierarchy, with an empty password for the index.
 *
 * @param space what to define
 */
public record NvDefineSpace(NvPublic space) implements TpmCommand<NoResult> {

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.NV_DEFINE_SPACE;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(TpmHandle.OWNER);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.u16(0);
    space.writeSizedTo(out);
  }

  @Override
  public NoResult readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return NoResult.DONE;
  }
}
