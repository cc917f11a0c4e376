package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;

/** The attestation key's signature over a quote. */
final class QuoteSignature {

  private QuoteSignature() {}

  /** The quote, once its signature verified under the attestation key of the evidence. */
  static QuoteAttest verify(CvmEvidence evidence) throws EvidenceVerificationException {
    try {
      if (!isSigned(evidence.attestationKey().rsaPublicKey(), evidence)) {
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

  private static boolean isSigned(RSAPublicKey key, CvmEvidence evidence) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(evidence.quote().attest().toArray());
      return verifier.verify(evidence.quote().signature().value().toArray());
    } catch (InvalidKeyException | SignatureException unusable) {
      return false;
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("the Java runtime has no RSA with SHA-256", absent);
    }
  }

  private static EvidenceVerificationException failed(String found) {
    return CheckList.failed(Check.QUOTE_SIGNATURE, "a quote signed by the attestation key", found);
  }
}
