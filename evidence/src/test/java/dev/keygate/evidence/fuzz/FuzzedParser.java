package dev.keygate.evidence.fuzz;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.eventlog.EventLog;
import dev.keygate.evidence.eventlog.SecureBoot;
import dev.keygate.evidence.eventlog.UefiVariable;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.hcl.RuntimeClaims;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.ReadPublic;
import dev.keygate.evidence.tpm.command.TpmCommandParser;
import java.util.Locale;

/**
 * Every parser that reads what it does not trust, by the name that {@code ./keygate fuzz} takes.
 */
enum FuzzedParser {
  SNP_REPORT,
  TD_REPORT,
  TD_QUOTE,
  HCL_REPORT,
  RUNTIME_CLAIMS,
  AMD_CERTIFICATE,
  PCK_CERTIFICATE,
  REVOCATION_LIST,
  TPM_STATEMENT,
  TPM_PUBLIC,
  TPM_COMMAND,
  TPM_REPLY,
  EVENT_LOG,
  UEFI_VARIABLE;

  static FuzzedParser named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Reads the input or throws the one exception; anything else that is thrown is a finding. */
  void parse(Bytes input) throws EvidenceFormatException {
    switch (this) {
      case SNP_REPORT -> requireKept(input, SnpReport.parse(input).raw());
      case TD_REPORT -> requireKept(input, TdReport.parse(input).raw());
      case TD_QUOTE -> TdQuote.parse(input).signedBytes();
      case HCL_REPORT -> HclReport.parse(input).expectedReportData();
      case RUNTIME_CLAIMS -> requireKept(input, RuntimeClaims.parse(input).raw());
      case AMD_CERTIFICATE -> FuzzedChains.readAndVerifyAmd(input);
      case PCK_CERTIFICATE -> FuzzedChains.readAndVerifyPck(input);
      case REVOCATION_LIST -> FuzzedChains.verifyAgainst(RevocationList.parse(input));
      case TPM_STATEMENT -> requireKept(input, TpmsAttest.parse(input).toBytes());
      case TPM_PUBLIC -> requireKept(input, TpmPublic.parseSized(input).toSizedBytes());
      case TPM_COMMAND -> TpmCommandParser.parse(input);
      case TPM_REPLY -> parseReply(input);
      case EVENT_LOG -> SecureBoot.of(replayed(EventLog.parse(input)));
      case UEFI_VARIABLE -> UefiVariable.parse(input);
    }
  }

  private static EventLog replayed(EventLog log) {
    log.replay();
    return log;
  }

  private static void parseReply(Bytes input) throws EvidenceFormatException {
    byte[] response = input.toArray();
    if (response.length % 2 == 0) {
      new ReadPublic(AzureTpm.ATTESTATION_KEY).parseReply(response);
    } else {
      new NvReadPublic(AzureTpm.HCL_REPORT).parseReply(response);
    }
  }

  /** What was read and is written again must be what came in. */
  private static void requireKept(Bytes input, Bytes written) {
    if (!input.equals(written)) {
      throw new AssertionError("read " + input + ", wrote " + written);
    }
  }
}
