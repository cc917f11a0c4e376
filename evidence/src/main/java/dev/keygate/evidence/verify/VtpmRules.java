package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.RsaJwk;
import dev.keygate.evidence.hcl.RuntimeClaims;
import dev.keygate.evidence.hcl.UserData;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import java.util.Optional;

/**
 * What follows from believed runtime claims: the vTPM's attestation key, its quote and the PCR
 * values. Alike on all hardware.
 */
final class VtpmRules {

  private VtpmRules() {}

  static void require(CvmEvidence evidence, CvmExpectations expectations, CheckList checks)
      throws EvidenceVerificationException {
    requireUserData(evidence.hcl().claims(), expectations, checks);
    requireAttestationKey(evidence, checks);
    QuoteAttest quote = QuoteSignature.verify(evidence);
    checks.passed(Check.QUOTE_SIGNATURE);
    requireQuote(evidence, quote, expectations, checks);
  }

  private static void requireUserData(
      RuntimeClaims claims, CvmExpectations expectations, CheckList checks)
      throws EvidenceVerificationException {
    Optional<Bytes> written = expectations.userData().map(UserData::octets);
    checks.requireIfGiven(Check.USER_DATA, written, claims.userData().orElse(Bytes.EMPTY));
  }

  private static void requireAttestationKey(CvmEvidence evidence, CheckList checks)
      throws EvidenceVerificationException {
    RsaJwk named =
        evidence
            .hcl()
            .claims()
            .attestationKey()
            .orElseThrow(
                () ->
                    CheckList.failed(
                        Check.AK_IS_HCL_AK_PUB,
                        "a key " + RuntimeClaims.ATTESTATION_KEY,
                        "no such key in the claims"));
    checks.requireEqual(
        Check.AK_IS_HCL_AK_PUB, named.modulus(), evidence.attestationKey().unique());
    checks.requireEqual(
        Check.AK_IS_HCL_AK_PUB,
        QuoteSignature.numberOf(named.exponent()),
        evidence.attestationKey().parameters().publicExponent());
  }

  private static void requireQuote(
      CvmEvidence evidence, QuoteAttest quote, CvmExpectations expectations, CheckList checks)
      throws EvidenceVerificationException {
    if (expectations.quoteNonce().isPresent()) {
      Bytes nonce = expectations.quoteNonce().get();
      checks.requireEqual(Check.QUOTE_NONCE, nonce, quote.header().extraData());
    }
    checks.requireEqual(Check.QUOTE_PCR_SELECTION, expectations.pcrs(), quote.selection());
    checks.requireEqual(Check.QUOTE_PCR_SELECTION, quote.selection(), evidence.pcrs().selection());
    checks.requireEqual(Check.QUOTE_PCR_DIGEST, quote.pcrDigest(), evidence.pcrs().digest());
  }
}
