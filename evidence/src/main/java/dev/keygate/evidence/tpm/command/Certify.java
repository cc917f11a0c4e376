package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import java.util.List;

/**
 * TPM2_Certify with the signing key's own scheme; both keys are authorised with empty passwords.
 *
 * @param object the object to certify
 * @param signer the attestation key
 * @param qualifyingData a nonce to be signed along, at most 64 bytes; empty for none
 */
public record Certify(TpmHandle object, TpmHandle signer, Bytes qualifyingData)
    implements TpmCommand<SignedAttest> {

  public Certify {
    SignedAttests.requireQualifyingData(qualifyingData);
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.CERTIFY;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(object, signer);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.sized16(qualifyingData).u16(TpmAlgorithm.NULL.id());
  }

  @Override
  public SignedAttest readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return SignedAttests.readFrom(parameters);
  }
}
