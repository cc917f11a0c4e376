package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tdx.QeReport;
import dev.keygate.evidence.tdx.TdQuoteHeader;

/**
 * Whether a report is that of Intel's quoting enclave for TDs. A platform certifies any enclave
 * that was given the provisioning key, so a PCK's signature alone says only that the report is of
 * some enclave there. The values are those of Intel's QE identity {@code TD_QE}, which has not
 * changed them since it exists; the version, ISVSVN, is for TCB evaluation.
 */
final class IntelQuotingEnclave {

  private static final Bytes VENDOR_ID = Bytes.fromHex("939a7233f79c4ca9940a0db3957f0607");
  private static final Bytes MRSIGNER =
      Bytes.fromHex("dc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5");
  private static final int ISVPRODID = 2;

  /** Every flag but MODE64BIT is compared: INIT and PROVISION_KEY must be set, DEBUG must not. */
  private static final long FLAGS_MASK = ~0x4L;

  private static final long FLAGS = 0x11;

  private IntelQuotingEnclave() {}

  static void require(TdQuoteHeader header, QeReport report, CheckList checks)
      throws EvidenceVerificationException {
    checks.requireEqual(Check.QE_IDENTITY, VENDOR_ID, header.qeVendorId());
    checks.requireEqual(Check.QE_IDENTITY, MRSIGNER, report.mrSigner());
    checks.requireEqual(Check.QE_IDENTITY, ISVPRODID, report.isvProdId());
    checks.requireEqual(Check.QE_IDENTITY, FLAGS, report.attributeFlags() & FLAGS_MASK);
    checks.requireEqual(Check.QE_IDENTITY, 0L, report.miscSelect());
  }
}
