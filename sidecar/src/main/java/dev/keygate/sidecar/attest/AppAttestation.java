package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import java.util.Optional;

/**
 * Has tokens made that apps show to their own relying parties. The transfer key that such a token
 * names is forgotten before anybody has the token, so what a vault would wrap to it nobody can
 * open.
 */
public final class AppAttestation {

  private final PayloadAttester attester;

  /**
   * @param attester one whose transfer keys nobody else can make again
   */
  public AppAttestation(PayloadAttester attester) {
    this.attester = attester;
  }

  /**
   * Attests once; one caller at a time, for the TPM serves one at a time.
   *
   * @param nonce the relying party's; see {@link ClientPayload#isNonce}
   * @param userData what the token is to carry the digest of
   */
  public synchronized VerifiedToken attest(String nonce, Optional<Bytes> userData)
      throws FailureException, InterruptedException {
    try (AttestedGuest guest = attester.attest(ClientPayload.forRelyingParty(nonce, userData))) {
      return guest.token();
    }
  }
}
