package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_NV_ReadPublic: size and attributes of an NV index. An index that is not defined answers
 * {@link TpmError#HANDLE}.
 *
 * @param index the NV index
 */
public record NvReadPublic(TpmHandle index) implements TpmCommand<NvPublic> {

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.NV_READ_PUBLIC;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(index);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    // The index is a handle; there are no parameters.
  }

  @Override
  public NvPublic readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    NvPublic result = NvPublic.readSizedFrom(parameters);
    parameters.sized16(NvPublic.MAX_NAME_BYTES, "nvName");
    return result;
  }
}
