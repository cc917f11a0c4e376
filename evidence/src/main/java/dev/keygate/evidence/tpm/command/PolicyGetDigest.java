package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_PolicyGetDigest: the policy digest that a session has come to, 32 bytes.
 *
 * @param session the policy or trial session
 */
public record PolicyGetDigest(TpmHandle session) implements TpmCommand<Bytes> {

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.POLICY_GET_DIGEST;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(session);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    // The session is a handle; there are no parameters.
  }

  @Override
  public Bytes readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return parameters.sized16(PolicyPcr.DIGEST_BYTES, "policyDigest");
  }
}
