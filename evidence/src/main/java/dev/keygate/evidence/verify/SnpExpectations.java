package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an SNP report must say to be believed. It starts strict; what is waived is waived by a call
 * with its name.
 *
 * @param waived what is let through
 * @param vmpl the privilege level that must have asked for the report
 * @param provider the provider whose VLEK may have signed instead of a VCEK; empty for none
 * @param referenceValues what else the report is compared with
 */
public record SnpExpectations(
    Set<SnpWaiver> waived,
    long vmpl,
    Optional<String> provider,
    SnpReferenceValues referenceValues) {

  /** Copies the set. */
  public SnpExpectations {
    EnumSet<SnpWaiver> copy = EnumSet.noneOf(SnpWaiver.class);
    copy.addAll(waived);
    waived = Collections.unmodifiableSet(copy);
  }

  /**
   * No debugging, no migration, report asked for at VMPL 0 and signed by a VCEK, no chain whose
   * revocation is unknown. Launch measurement, host data and report data are compared once they are
   * given.
   */
  public static SnpExpectations strict() {
    return new SnpExpectations(Set.of(), 0, Optional.empty(), SnpReferenceValues.none());
  }

  /** The same, but a guest whose memory its host can read and write is believed. */
  public SnpExpectations allowDebug() {
    return waiving(SnpWaiver.DEBUG);
  }

  /** The same, but a guest that a migration agent can be bound to is believed. */
  public SnpExpectations allowMigration() {
    return waiving(SnpWaiver.MIGRATION);
  }

  /**
   * The same, but a chain is believed without a revocation list: a signing key that AMD has revoked
   * is then not noticed. A list at hand still counts.
   */
  public SnpExpectations acceptMissingRevocationLists() {
    return waiving(SnpWaiver.MISSING_REVOCATION_LISTS);
  }

  /** The same with another privilege level, 0 to 3. */
  public SnpExpectations atVmpl(long level) {
    return new SnpExpectations(waived, level, provider, referenceValues);
  }

  /**
   * The same, but a key that AMD loaded for this provider may have signed as well: which chip it
   * was is then unknown.
   *
   * @param cspId the provider, as AMD names it in the certificate
   */
  public SnpExpectations acceptVlekOf(String cspId) {
    return new SnpExpectations(waived, vmpl, Optional.of(cspId), referenceValues);
  }

  /** The same with this REPORT_DATA, 64 octets. */
  public SnpExpectations reportData(Bytes value) {
    return with(referenceValues.reportData(value));
  }

  /** The same with this launch measurement, 48 octets. */
  public SnpExpectations launchMeasurement(Bytes value) {
    return with(referenceValues.launchMeasurement(value));
  }

  /** The same with this HOST_DATA, 32 octets. */
  public SnpExpectations hostData(Bytes value) {
    return with(referenceValues.hostData(value));
  }

  boolean isWaived(SnpWaiver waiver) {
    return waived.contains(waiver);
  }

  private SnpExpectations waiving(SnpWaiver waiver) {
    EnumSet<SnpWaiver> more = EnumSet.of(waiver);
    more.addAll(waived);
    return new SnpExpectations(more, vmpl, provider, referenceValues);
  }

  private SnpExpectations with(SnpReferenceValues values) {
    return new SnpExpectations(waived, vmpl, provider, values);
  }
}
