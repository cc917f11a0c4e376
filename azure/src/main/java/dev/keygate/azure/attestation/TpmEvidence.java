package dev.keygate.azure.attestation;

import dev.keygate.evidence.bytes.Bytes;
import java.util.List;

/**
 * What the vTPM says about the guest.
 *
 * @param attestationKey the AK and its certificate
 * @param quote TPM2_Quote by the AK
 * @param pcrs the quoted registers in ascending order, of the same moment as the quote
 * @param transferKey the transfer key's public half and the AK's certification of it
 */
public record TpmEvidence(
    AttestationKey attestationKey, Signed quote, List<GuestPcr> pcrs, TransferKey transferKey) {

  /** Copies the list. */
  public TpmEvidence {
    pcrs = List.copyOf(pcrs);
  }

  /**
   * The key that signs quotes.
   *
   * @param certificate DER of its certificate, without trailing zeros
   * @param publicArea TPM2B_PUBLIC, with its two-byte size
   */
  public record AttestationKey(Bytes certificate, Bytes publicArea) {}

  /**
   * A structure and the AK's signature over it.
   *
   * @param attest TPMS_ATTEST, without a size in front
   * @param signature the bare RSA signature, as long as the key's modulus
   */
  public record Signed(Bytes attest, Bytes signature) {}

  /**
   * The RSA key to which the sealed answer and later the released key are wrapped.
   *
   * @param publicArea TPM2B_PUBLIC, with its two-byte size
   * @param certification TPM2_Certify by the AK
   */
  public record TransferKey(Bytes publicArea, Signed certification) {}
}
