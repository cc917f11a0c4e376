package dev.keygate.azure.attestation;

import dev.keygate.evidence.bytes.Bytes;
import java.util.Map;

/**
 * The evidence of a guest with a vTPM, for {@code POST /attest/AzureGuest}.
 *
 * @param bootState the operating system and how it came up
 * @param clientPayload names and values that the token will carry, as text before encoding; the
 *     nonce is under {@code nonce}
 * @param tpm what the vTPM says
 * @param isolation what the hardware says
 */
public record GuestAttestationRequest(
    BootState bootState,
    Map<String, String> clientPayload,
    TpmEvidence tpm,
    IsolationEvidence isolation) {

  /** Copies the payload. */
  public GuestAttestationRequest {
    clientPayload = Map.copyOf(clientPayload);
  }

  /**
   * The operating system and how it came up.
   *
   * @param os what it is
   * @param eventLog the TCG event log of the firmware, as the kernel gives it; may be empty
   */
  public record BootState(GuestOs os, Bytes eventLog) {}
}
