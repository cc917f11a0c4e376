package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.endorsement.VcekExtensions;
import dev.keygate.evidence.snp.SnpCpuid;
import dev.keygate.evidence.snp.SnpGuestPolicy;
import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.verify.SnpExpectations.Waiver;
import java.time.Instant;
import java.util.Optional;

/**
 * Believes an SNP report or says which check fails. Trust comes first: nothing that the report says
 * is looked at before the chain holds and the VCEK's signature is on it, save which kind of key
 * signed. Deliberately not compared: the current, committed and launch TCB, which may all differ
 * from the reported one; launch measurement and host data, which are for the relying party. Safe
 * for use by several threads.
 */
public final class SnpReportVerifier {

  private final ChainVerifier chainVerifier;

  /** A verifier that believes these roots and no others. */
  public SnpReportVerifier(PinnedRoots roots) {
    this.chainVerifier = new ChainVerifier(roots);
  }

  /** Verifies the report and its endorsement as of {@code now}. */
  public VerifiedSnpReport verify(
      SnpReport report, EndorsementChain endorsement, SnpExpectations expectations, Instant now)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    VerifiedChain chain = chainVerifier.verify(endorsement, now);
    checks.passed(chain.checks());
    requireSignature(report, chain, checks);
    requireSamePlatform(report, chain.vcek(), checks);
    requireExpected(report, expectations, checks);
    return new VerifiedSnpReport(report, chain, checks.passed());
  }

  private static void requireSignature(SnpReport report, VerifiedChain chain, CheckList checks)
      throws EvidenceVerificationException {
    checks.requireEqual(Check.SIGNING_KEY, SigningKey.VCEK, report.keyInfo().signingKey());
    if (!report.signature().isMadeBy(chain.vcekKey(), report.signedBytes())) {
      throw CheckList.failed(
          Check.REPORT_SIGNATURE, "a signature by the VCEK", "one that does not verify");
    }
    checks.passed(Check.REPORT_SIGNATURE);
  }

  private static void requireSamePlatform(SnpReport report, VcekExtensions vcek, CheckList checks)
      throws EvidenceVerificationException {
    Optional<SnpCpuid> cpuid = report.cpuid();
    if (cpuid.isPresent()) {
      String product = SnpProduct.of(cpuid.get()).map(SnpProduct::vendorName).orElse("unknown");
      checks.requireEqual(Check.PRODUCT, vcek.product().vendorName(), product);
    }
    checks.requireEqual(Check.TCB_MATCHES_VCEK, vcek.tcb(), report.reportedTcb());
    checks.requireEqual(Check.CHIP_ID, vcek.expectedChipId(), report.chipId());
  }

  private static void requireExpected(
      SnpReport report, SnpExpectations expectations, CheckList checks)
      throws EvidenceVerificationException {
    SnpGuestPolicy policy = report.policy();
    if (policy.allowsDebug() && expectations.debug() == Waiver.REFUSED) {
      throw CheckList.failed(
          Check.DEBUG_DISABLED, "a guest that its host cannot debug", "debugging allowed");
    }
    if (expectations.debug() == Waiver.REFUSED) {
      checks.passed(Check.DEBUG_DISABLED);
    }
    if (policy.allowsMigrationAgent() && expectations.migration() == Waiver.REFUSED) {
      throw CheckList.failed(
          Check.MIGRATION_DISABLED, "a guest without a migration agent", "migration allowed");
    }
    if (expectations.migration() == Waiver.REFUSED) {
      checks.passed(Check.MIGRATION_DISABLED);
    }
    checks.requireEqual(Check.VMPL, expectations.vmpl(), report.vmpl());
  }
}
