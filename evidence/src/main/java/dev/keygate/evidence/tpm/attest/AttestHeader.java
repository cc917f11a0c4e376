package dev.keygate.evidence.tpm.attest;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * What every TPMS_ATTEST carries beside its subject.
 *
 * @param qualifiedSigner the qualified name of the signing key, at most 66 bytes
 * @param extraData what the caller asked to be signed along, at most 66 bytes; empty if nothing
 * @param clock the TPM's time and how often it started
 * @param firmwareVersion the vendor's number
 */
public record AttestHeader(
    Bytes qualifiedSigner, Bytes extraData, TpmClock clock, long firmwareVersion) {

  /** The largest TPM2B_NAME and TPM2B_DATA: an algorithm and a SHA-512 digest. */
  static final int MAX_NAME_BYTES = 66;

  public AttestHeader {
    if (qualifiedSigner.size() > MAX_NAME_BYTES || extraData.size() > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("names and extra data have at most 66 bytes");
    }
  }

  static AttestHeader readFrom(ByteCursor in) throws EvidenceFormatException {
    Bytes signer = in.sized16(MAX_NAME_BYTES, "qualifiedSigner");
    Bytes extraData = in.sized16(MAX_NAME_BYTES, "extraData");
    return new AttestHeader(signer, extraData, TpmClock.readFrom(in), in.u64("firmwareVersion"));
  }

  void writeTo(ByteWriter out) {
    out.sized16(qualifiedSigner).sized16(extraData);
    clock.writeTo(out);
    out.u64(firmwareVersion);
  }
}
