package dev.keygate.evidence.tpm.attest;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * A statement that an object with this Name is loaded in the TPM.
 *
 * @param header signer, nonce, clock and firmware version
 * @param name the object's Name: algorithm and digest of its public area, 34 bytes for SHA-256
 * @param qualifiedName its Name together with those of its ancestors
 */
public record CertifyAttest(AttestHeader header, Bytes name, Bytes qualifiedName)
    implements TpmsAttest {

  public CertifyAttest {
    if (name.size() > AttestHeader.MAX_NAME_BYTES
        || qualifiedName.size() > AttestHeader.MAX_NAME_BYTES) {
      throw new IllegalArgumentException("names have at most 66 bytes");
    }
  }

  static CertifyAttest readFrom(AttestHeader header, ByteCursor in) throws EvidenceFormatException {
    Bytes name = in.sized16(AttestHeader.MAX_NAME_BYTES, "name");
    return new CertifyAttest(
        header, name, in.sized16(AttestHeader.MAX_NAME_BYTES, "qualifiedName"));
  }

  @Override
  public Bytes toBytes() {
    return AttestTypes.begin(AttestTypes.CERTIFY, header)
        .sized16(name)
        .sized16(qualifiedName)
        .toBytes();
  }
}
