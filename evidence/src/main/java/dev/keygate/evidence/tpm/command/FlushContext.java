package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_FlushContext: forgets a transient object or a session.
 *
 * @param context what to forget; on the wire this handle is a parameter
 */
public record FlushContext(TpmHandle context) implements TpmCommand<NoResult> {

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.FLUSH_CONTEXT;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of();
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.u32(Integer.toUnsignedLong(context.value()));
  }

  @Override
  public NoResult readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return NoResult.DONE;
  }
}
