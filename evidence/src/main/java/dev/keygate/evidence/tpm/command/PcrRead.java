package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_PCR_Read: values of the SHA-256 bank. A TPM returns at most eight at once and says which, so
 * ask again for the rest.
 *
 * @param selection which PCRs
 */
public record PcrRead(PcrSelection selection) implements TpmCommand<PcrReading> {

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.PCR_READ;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of();
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    selection.writeTo(out);
  }

  @Override
  public PcrReading readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return PcrReading.readFrom(parameters);
  }
}
