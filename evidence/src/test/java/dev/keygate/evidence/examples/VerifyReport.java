package dev.keygate.evidence.examples;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.Endorsements;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.verify.Evidence;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.EvidenceVerifier;
import dev.keygate.evidence.verify.Expectations;
import dev.keygate.evidence.verify.SnpExpectations;
import dev.keygate.evidence.verify.Verified;
import java.time.Instant;

/**
 * Believes a SEV-SNP report.
 *
 * @param verifier with the roots that are believed
 * @param now the time of verification
 */
record VerifyReport(EvidenceVerifier verifier, Instant now) {

  Verified run(Bytes report, String chainPem, Bytes revocationList, Bytes reportData)
      throws EvidenceFormatException, EvidenceVerificationException {
    EndorsementChain chain =
        EndorsementChain.parsePem(chainPem).with(RevocationList.parse(revocationList));
    SnpExpectations expected = SnpExpectations.strict().reportData(reportData);

    return verifier.verify(
        new Evidence.OfSnpReport(SnpReport.parse(report)),
        Endorsements.none().with(chain),
        now,
        Expectations.none().acceptSnpReport(expected));
  }
}
