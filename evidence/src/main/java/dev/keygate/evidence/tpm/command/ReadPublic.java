package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import java.util.List;

/**
 * TPM2_ReadPublic: the public area of a loaded or persistent object.
 *
 * @param object the object
 */
public record ReadPublic(TpmHandle object) implements TpmCommand<ObjectPublic> {

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.READ_PUBLIC;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(object);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    // The object is a handle; there are no parameters.
  }

  @Override
  public ObjectPublic readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    TpmPublic area = TpmPublic.readSizedFrom(parameters);
    Bytes name = parameters.sized16(NvPublic.MAX_NAME_BYTES, "name");
    return new ObjectPublic(
        area, name, parameters.sized16(NvPublic.MAX_NAME_BYTES, "qualifiedName"));
  }
}
