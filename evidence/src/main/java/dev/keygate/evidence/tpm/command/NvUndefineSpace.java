package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_NV_UndefineSpace in the owner hierarchy.
 *
 * @param index the NV index to remove
 */
public record NvUndefineSpace(TpmHandle index) implements TpmCommand<NoResult> {

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.NV_UNDEFINE_SPACE;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(TpmHandle.OWNER, index);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    // Both handles are in the handle area; there are no parameters.
  }

  @Override
  public NoResult readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return NoResult.DONE;
  }
}
