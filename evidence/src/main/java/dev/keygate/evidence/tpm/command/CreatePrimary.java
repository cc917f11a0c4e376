package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import java.util.List;

/**
 * TPM2_CreatePrimary with empty passwords for the hierarchy and the new key. The key is a function
 * of the hierarchy's seed and the whole template.
 *
 * @param hierarchy owner, endorsement or null hierarchy
 * @param template the public area, {@code unique} included
 * @param creationPcrs PCRs to be named in the creation data, which nobody signs; usually none
 */
public record CreatePrimary(TpmHandle hierarchy, TpmPublic template, PcrSelection creationPcrs)
    implements TpmCommand<CreatedPrimary> {

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.CREATE_PRIMARY;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(hierarchy);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.u16(4).u16(0).u16(0);
    out.bytes(template.toSizedBytes()).u16(0);
    creationPcrs.writeTo(out);
  }

  @Override
  public CreatedPrimary readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return CreatedPrimary.readFrom(handles.getFirst(), parameters);
  }
}
