package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.Endorsements;
import dev.keygate.evidence.endorsement.PinnedRoots;
import java.time.Instant;
import java.util.Optional;

/**
 * The one way to verify evidence of any kind: it becomes a value that only verification can make,
 * or the first check that failed, as data. Safe for use by several threads.
 */
public final class EvidenceVerifier {

  private final SnpReportVerifier snpReports;
  private final CvmEvidenceVerifier cvms;
  private final TdQuoteVerifier tdQuotes;
  private final TdxCvmVerifier tdxCvms;

  /**
   * A verifier that believes these roots and no others. One vendor's root is never believed for the
   * other's evidence.
   *
   * @param amd for SNP reports
   * @param intel for TD quotes
   */
  public EvidenceVerifier(PinnedRoots amd, PinnedRoots intel) {
    this.snpReports = new SnpReportVerifier(amd);
    this.cvms = new CvmEvidenceVerifier(amd);
    this.tdQuotes = new TdQuoteVerifier(intel);
    this.tdxCvms = new TdxCvmVerifier(intel);
  }

  /** Verifies the evidence as of {@code now}. */
  public Verified verify(
      Evidence evidence, Endorsements endorsements, Instant now, Expectations expectations)
      throws EvidenceVerificationException {
    return switch (evidence) {
      case Evidence.OfSnpReport snp -> {
        SnpExpectations expected = accepted(expectations.snpReport(), "an SNP report");
        yield snpReports.verify(snp.report(), amdChain(endorsements), expected, now);
      }
      case Evidence.OfTdQuote td -> {
        TdExpectations expected = accepted(expectations.tdQuote(), "a TD quote");
        yield tdQuotes.verify(td.quote(), endorsements.pckRevocation(), expected, now);
      }
      case CvmEvidence cvm -> {
        CvmExpectations expected = accepted(expectations.cvm(), "a CVM");
        yield cvms.verify(cvm, amdChain(endorsements), expected, now);
      }
      case TdxCvmEvidence cvm -> {
        CvmExpectations expected = accepted(expectations.cvm(), "a CVM on TDX");
        yield tdxCvms.verify(cvm, endorsements.pckRevocation(), expected, now);
      }
    };
  }

  private static <E> E accepted(Optional<E> expected, String kind)
      throws EvidenceVerificationException {
    return expected.orElseThrow(
        () -> CheckList.failed(Check.EVIDENCE_KIND, "evidence of an accepted kind", kind));
  }

  private static EndorsementChain amdChain(Endorsements endorsements)
      throws EvidenceVerificationException {
    return endorsements
        .amd()
        .orElseThrow(
            () -> CheckList.failed(Check.ROOT_PINNED, "a chain to a pinned root key", "no chain"));
  }
}
