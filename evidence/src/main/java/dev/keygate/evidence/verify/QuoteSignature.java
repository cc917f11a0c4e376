package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import java.math.BigInteger;

/** The attestation key's signature over a quote. */
final class QuoteSignature {

  private QuoteSignature() {}

  /** The quote, once its signature verified under the attestation key of the evidence. */
  static QuoteAttest verify(CvmEvidence evidence) throws EvidenceVerificationException {
    try {
      if (!AttestSignature.isValid(evidence.attestationKey().rsaPublicKey(), evidence.quote())) {
        throw failed("one that does not verify");
      }
      if (TpmsAttest.parse(evidence.quote().attest()) instanceof QuoteAttest quote) {
        return quote;
      }
      throw failed("a statement that is no quote");
    } catch (EvidenceFormatException malformed) {
      throw failed(malformed.field() + " " + malformed.found());
    }
  }

  static long numberOf(Bytes exponent) {
    return new BigInteger(1, exponent.toArray()).longValue();
  }

  private static EvidenceVerificationException failed(String found) {
    return CheckList.failed(Check.QUOTE_SIGNATURE, "a quote signed by the attestation key", found);
  }
}
