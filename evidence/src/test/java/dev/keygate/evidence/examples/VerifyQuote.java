package dev.keygate.evidence.examples;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.Endorsements;
import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.verify.Evidence;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.EvidenceVerifier;
import dev.keygate.evidence.verify.Expectations;
import dev.keygate.evidence.verify.TdExpectations;
import dev.keygate.evidence.verify.Verified;
import java.time.Instant;

/**
 * Believes a TD quote.
 *
 * @param verifier with the roots that are believed
 * @param now the time of verification
 */
record VerifyQuote(EvidenceVerifier verifier, Instant now) {

  Verified run(Bytes quote, Bytes listOfRoot, Bytes listOfCa)
      throws EvidenceFormatException, EvidenceVerificationException {
    PckRevocationLists lists =
        new PckRevocationLists(RevocationList.parse(listOfRoot), RevocationList.parse(listOfCa));
    TdExpectations expected = TdExpectations.strict().acceptUnknownTcbLevel();

    return verifier.verify(
        new Evidence.OfTdQuote(TdQuote.parse(quote)),
        Endorsements.none().with(lists),
        now,
        Expectations.none().acceptTdQuote(expected));
  }
}
