package dev.keygate.evidence.tpm.attest;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;

/**
 * A statement about the values of PCRs.
 *
 * @param header signer, nonce, clock and firmware version
 * @param selection which PCRs
 * @param pcrDigest SHA-256 over their values by ascending index, 32 bytes
 */
public record QuoteAttest(AttestHeader header, PcrSelection selection, Bytes pcrDigest)
    implements TpmsAttest {

  private static final int DIGEST_BYTES = 32;

  public QuoteAttest {
    if (pcrDigest.size() != DIGEST_BYTES) {
      throw new IllegalArgumentException("a PCR digest has 32 bytes");
    }
  }

  static QuoteAttest readFrom(AttestHeader header, ByteCursor in) throws EvidenceFormatException {
    PcrSelection selection = PcrSelection.readFrom(in);
    int start = in.position();
    Bytes pcrDigest = in.sized16(DIGEST_BYTES, "pcrDigest");
    if (pcrDigest.size() != DIGEST_BYTES) {
      throw in.invalid(start, "pcrDigest", "32 bytes", pcrDigest.size() + " bytes");
    }
    return new QuoteAttest(header, selection, pcrDigest);
  }

  @Override
  public Bytes toBytes() {
    ByteWriter out = AttestTypes.begin(AttestTypes.QUOTE, header);
    selection.writeTo(out);
    return out.sized16(pcrDigest).toBytes();
  }
}
