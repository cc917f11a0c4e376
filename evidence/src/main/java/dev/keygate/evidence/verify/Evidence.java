package dev.keygate.evidence.verify;

import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.tdx.TdQuote;

/** What hardware says, parsed and not believed; {@link EvidenceVerifier} decides. */
public sealed interface Evidence
    permits Evidence.OfSnpReport, Evidence.OfTdQuote, CvmEvidence, TdxCvmEvidence {

  /**
   * A SEV-SNP report alone, as the utility VM of a container group has it.
   *
   * @param report the report
   */
  record OfSnpReport(SnpReport report) implements Evidence {}

  /**
   * A TD quote alone.
   *
   * @param quote the quote, which carries its own endorsement
   */
  record OfTdQuote(TdQuote quote) implements Evidence {}
}
