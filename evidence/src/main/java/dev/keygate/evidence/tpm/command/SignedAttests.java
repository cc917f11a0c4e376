package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.attest.RsassaSignature;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;

/** What the commands that make a signed statement have in common. */
final class SignedAttests {

  static final int MAX_QUALIFYING_DATA_BYTES = 64;

  private SignedAttests() {}

  static SignedAttest readFrom(ByteCursor in) throws EvidenceFormatException {
    Bytes attest = in.sized16(TpmsAttest.MAX_BYTES, "attest");
    return new SignedAttest(attest, RsassaSignature.readFrom(in));
  }

  static void requireQualifyingData(Bytes qualifyingData) {
    if (qualifyingData.size() > MAX_QUALIFYING_DATA_BYTES) {
      throw new IllegalArgumentException("qualifying data has at most 64 bytes");
    }
  }
}
