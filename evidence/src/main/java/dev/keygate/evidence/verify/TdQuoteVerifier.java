package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PckChain;
import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.tdx.QeCertification;
import dev.keygate.evidence.tdx.TdAttributes;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdQuoteBody;
import dev.keygate.evidence.tdx.TdQuoteSignatureData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Believes a TD quote or says which check fails. Each link is believed because of the one before
 * it, and nothing that the quote says of the TD is looked at before all of them hold:
 *
 * <pre>
 *   pinned root → CA → PCK → QE report → attestation key → header and body
 * </pre>
 *
 * Deliberately not compared: the CPUSVN of the QE report with that of the PCK, which may be of an
 * older TCB; QE SVN and PCE SVN of the header, which repeat what is signed elsewhere; MRSEAM,
 * RTMRs, MRTD and what else is for the relying party; the service TDs of MRSERVICETD, which can do
 * nothing to a TD that is not migratable. TCB levels are not evaluated: see {@link TcbLevel}. Safe
 * for use by several threads.
 */
public final class TdQuoteVerifier {

  /** What the attributes of a TD may not allow, each with what waives it. */
  private record AttributeRule(
      Check check, TdWaiver waiver, Predicate<TdAttributes> isBrokenBy, String expected) {}

  private static final List<AttributeRule> ATTRIBUTE_RULES =
      List.of(
          new AttributeRule(
              Check.DEBUG_DISABLED,
              TdWaiver.DEBUG,
              TdAttributes::allowsDebug,
              "a TD that its host cannot debug"),
          new AttributeRule(
              Check.PROFILING_DISABLED,
              TdWaiver.PROFILING,
              TdAttributes::allowsProfiling,
              "a TD that its host cannot profile"),
          new AttributeRule(
              Check.MIGRATION_DISABLED,
              TdWaiver.MIGRATION,
              TdAttributes::isMigratable,
              "a TD that cannot be migrated"));

  private final PckChainVerifier chainVerifier;

  /** A verifier that believes these roots and no others. */
  public TdQuoteVerifier(PinnedRoots roots) {
    this.chainVerifier = new PckChainVerifier(roots);
  }

  /**
   * Verifies the quote and the chain that it carries as of {@code now}.
   *
   * @param lists what can revoke the chain, if it is at hand
   */
  public VerifiedTdQuote verify(
      TdQuote quote, Optional<PckRevocationLists> lists, TdExpectations expectations, Instant now)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    PckChain quoted = quote.signatureData().certification().pckChain();
    VerifiedPckChain chain = chainVerifier.verify(quoted, now);
    checks.passed(chain.checks());
    if (lists.isPresent()) {
      RevocationRule.requireNotRevoked(quoted, lists.get(), now);
      checks.passed(Check.CHAIN_REVOCATION);
    } else {
      requireWaived(expectations, TdWaiver.MISSING_REVOCATION_LISTS, Check.CHAIN_REVOCATION);
    }
    requireSignatures(quote, chain, checks);
    requireWaived(expectations, TdWaiver.UNKNOWN_TCB_LEVEL, Check.TCB_LEVEL);
    requireIntelModule(quote.body(), checks);
    requireExpected(quote.body().attributes(), expectations, checks);
    return new VerifiedTdQuote(quote, chain, new TcbLevel.NotEvaluated(), checks.passed());
  }

  private static void requireSignatures(TdQuote quote, VerifiedPckChain chain, CheckList checks)
      throws EvidenceVerificationException {
    TdQuoteSignatureData data = quote.signatureData();
    QeCertification qe = data.certification();
    if (!qe.signature().isMadeBy(chain.pckKey(), qe.report().raw())) {
      throw CheckList.failed(
          Check.QE_REPORT_SIGNATURE, "a signature by the PCK", "one that does not verify");
    }
    checks.passed(Check.QE_REPORT_SIGNATURE);
    checks.requireEqual(
        Check.QE_REPORT_DATA,
        qe.expectedReportData(data.attestationKey()),
        qe.report().reportData());
    if (!data.signature().isMadeBy(data.attestationKey().publicKey(), quote.signedBytes())) {
      throw CheckList.failed(
          Check.TD_QUOTE_SIGNATURE,
          "a signature by the attestation key",
          "one that does not verify");
    }
    checks.passed(Check.TD_QUOTE_SIGNATURE);
    IntelQuotingEnclave.require(quote.header(), qe.report(), checks);
  }

  private static void requireIntelModule(TdQuoteBody body, CheckList checks)
      throws EvidenceVerificationException {
    if (!body.moduleSigner().isZero()) {
      throw CheckList.failed(
          Check.TDX_MODULE, "MRSIGNERSEAM of zeros, which is Intel", body.moduleSigner().hex());
    }
    checks.requireEqual(Check.TDX_MODULE, 0L, body.moduleAttributes());
  }

  private static void requireExpected(
      TdAttributes attributes, TdExpectations expectations, CheckList checks)
      throws EvidenceVerificationException {
    for (AttributeRule rule : ATTRIBUTE_RULES) {
      if (expectations.isWaived(rule.waiver)) {
        continue;
      }
      if (rule.isBrokenBy.test(attributes)) {
        String found = "attributes 0x" + Long.toHexString(attributes.raw());
        throw CheckList.failed(rule.check, rule.expected, found);
      }
      checks.passed(rule.check);
    }
  }

  private static void requireWaived(TdExpectations expectations, TdWaiver waiver, Check check)
      throws EvidenceVerificationException {
    if (!expectations.isWaived(waiver)) {
      throw CheckList.failed(
          check, "collateral to decide it by, or the waiver " + waiver, "neither");
    }
  }
}
