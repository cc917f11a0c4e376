package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.KeyExtensions;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpCpuid;
import dev.keygate.evidence.snp.SnpGuestPolicy;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import java.time.Instant;
import java.util.Optional;

/**
 * Believes an SNP report or says which check fails. Trust comes first: nothing that the report says
 * is looked at before the chain holds and the endorsement key's signature is on it, save which kind
 * of key signed. Deliberately not compared: the current, committed and launch TCB, which may all
 * differ from the reported one; launch measurement, host data and report data unless they are
 * given; the CHIP_ID of a report that a VLEK signed, which no certificate vouches for. Safe for use
 * by several threads.
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
    VerifiedChain chain = chainVerifier.verify(endorsement, expectations, now);
    checks.passed(chain.checks());
    requireSignature(report, chain, checks);
    requireSamePlatform(report, chain.key(), expectations, checks);
    requireExpected(report, expectations, checks);
    requireReferenceValues(report, expectations.referenceValues(), checks);
    return new VerifiedSnpReport(report, chain, checks.passed());
  }

  private static void requireSignature(SnpReport report, VerifiedChain chain, CheckList checks)
      throws EvidenceVerificationException {
    checks.requireEqual(Check.SIGNING_KEY, chain.key().signingKey(), report.keyInfo().signingKey());
    if (!report.signature().isMadeBy(chain.publicKey(), report.signedBytes())) {
      throw CheckList.failed(
          Check.REPORT_SIGNATURE, "a signature by the endorsement key", "one that does not verify");
    }
    checks.passed(Check.REPORT_SIGNATURE);
  }

  private static void requireSamePlatform(
      SnpReport report, KeyExtensions key, SnpExpectations expectations, CheckList checks)
      throws EvidenceVerificationException {
    Optional<SnpCpuid> cpuid = report.cpuid();
    if (cpuid.isPresent()) {
      String product = SnpProduct.of(cpuid.get()).map(SnpProduct::vendorName).orElse("unknown");
      checks.requireEqual(Check.PRODUCT, key.product().vendorName(), product);
    }
    checks.requireEqual(Check.TCB_MATCHES_VCEK, key.tcb(), report.reportedTcb());
    switch (key) {
      case KeyExtensions.Vcek vcek ->
          checks.requireEqual(Check.CHIP_ID, vcek.expectedChipId(), report.chipId());
      case KeyExtensions.Vlek vlek ->
          checks.requireEqual(
              Check.PROVIDER, expectations.provider().orElse("no VLEK"), vlek.cspId());
    }
  }

  private static void requireExpected(
      SnpReport report, SnpExpectations expectations, CheckList checks)
      throws EvidenceVerificationException {
    SnpGuestPolicy policy = report.policy();
    if (!expectations.isWaived(SnpWaiver.DEBUG)) {
      if (policy.allowsDebug()) {
        throw CheckList.failed(
            Check.DEBUG_DISABLED, "a guest that its host cannot debug", "debugging allowed");
      }
      checks.passed(Check.DEBUG_DISABLED);
    }
    if (!expectations.isWaived(SnpWaiver.MIGRATION)) {
      if (policy.allowsMigrationAgent()) {
        throw CheckList.failed(
            Check.MIGRATION_DISABLED, "a guest without a migration agent", "migration allowed");
      }
      checks.passed(Check.MIGRATION_DISABLED);
    }
    checks.requireEqual(Check.VMPL, expectations.vmpl(), report.vmpl());
  }

  private static void requireReferenceValues(
      SnpReport report, SnpReferenceValues values, CheckList checks)
      throws EvidenceVerificationException {
    checks.requireIfGiven(Check.REPORT_DATA, values.expectedReportData(), report.reportData());
    checks.requireIfGiven(
        Check.LAUNCH_MEASUREMENT, values.expectedLaunchMeasurement(), report.launchMeasurement());
    checks.requireIfGiven(Check.HOST_DATA, values.expectedHostData(), report.hostData());
  }
}
