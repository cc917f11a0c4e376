package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import java.util.List;

/**
 * TPM2_Quote with the signing key's own scheme.
 *
 * @param signer the attestation key, authorised with an empty password
 * @param qualifyingData a nonce to be signed along, at most 64 bytes; empty for none
 * @param selection which PCRs
 */
public record Quote(TpmHandle signer, Bytes qualifyingData, PcrSelection selection)
    implements TpmCommand<SignedAttest> {

  public Quote {
    SignedAttests.requireQualifyingData(qualifyingData);
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.QUOTE;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(signer);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.sized16(qualifyingData).u16(TpmAlgorithm.NULL.id());
    selection.writeTo(out);
  }

  @Override
  public SignedAttest readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return SignedAttests.readFrom(parameters);
  }
}
