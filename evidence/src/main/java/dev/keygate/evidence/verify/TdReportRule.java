package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tdx.TdQuoteBody;
import dev.keygate.evidence.tdx.TdQuoteField;
import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.tdx.TdReportField;
import java.util.Optional;

/** What can be checked of a TD report without the key of its MAC. */
final class TdReportRule {

  private TdReportRule() {}

  static void requireHashes(TdReport report, CheckList checks)
      throws EvidenceVerificationException {
    checks.requireEqual(
        Check.TD_REPORT_HASHES,
        report.teeTcbInfo().sha384(),
        report.field(TdReportField.TEE_TCB_INFO_HASH));
    checks.requireEqual(
        Check.TD_REPORT_HASHES,
        report.tdInfo().sha384(),
        report.field(TdReportField.TEE_INFO_HASH));
  }

  /** A quoting enclave copies these fields, so a quote of this very report has all of them. */
  static void requireQuoted(TdReport report, TdQuoteBody body, CheckList checks)
      throws EvidenceVerificationException {
    for (TdQuoteField field : TdQuoteField.values()) {
      Optional<Bytes> quoted = body.field(field);
      if (quoted.isPresent() && !quoted.get().equals(report.field(field.inReport()))) {
        throw CheckList.failed(
            Check.TD_REPORT_IN_QUOTE,
            field + " " + report.field(field.inReport()).hex(),
            quoted.get().hex());
      }
    }
    checks.passed(Check.TD_REPORT_IN_QUOTE);
  }
}
