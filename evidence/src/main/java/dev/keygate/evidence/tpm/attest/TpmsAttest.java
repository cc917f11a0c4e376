package dev.keygate.evidence.tpm.attest;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * TPMS_ATTEST: a statement that only a TPM can make and that a restricted key signs (TPM 2.0
 * Library part 2, §10.12). Parsing proves nothing.
 */
public sealed interface TpmsAttest permits QuoteAttest, CertifyAttest {

  /** Generous: the largest statement of these kinds has under 300 bytes. */
  int MAX_BYTES = 1024;

  /** Signer, nonce, clock and firmware version. */
  AttestHeader header();

  /** The bytes that are signed. */
  Bytes toBytes();

  /** Reads the bytes that were signed: no size in front, nothing behind. */
  static TpmsAttest parse(Bytes bytes) throws EvidenceFormatException {
    ByteCursor in = ByteCursor.bigEndian("TPMS_ATTEST", bytes);
    long magic = in.u32("magic");
    if (magic != AttestTypes.GENERATED) {
      throw in.invalid(0, "magic", "ff544347", Long.toHexString(magic));
    }
    int type = in.u16("type");
    AttestHeader header = AttestHeader.readFrom(in);
    TpmsAttest parsed =
        switch (type) {
          case AttestTypes.QUOTE -> QuoteAttest.readFrom(header, in);
          case AttestTypes.CERTIFY -> CertifyAttest.readFrom(header, in);
          default -> throw in.invalid(4, "type", "8018 or 8017", Integer.toHexString(type));
        };
    in.requireExhausted();
    return parsed;
  }
}
