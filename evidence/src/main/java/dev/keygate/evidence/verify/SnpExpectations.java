package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import java.util.Optional;

/**
 * What an SNP report must say to be believed. It starts strict; what is waived is waived by a call
 * with its name.
 *
 * @param debug whether a guest that its host can debug is believed
 * @param migration whether a guest that may be bound to a migration agent is believed
 * @param missingRevocationList whether a chain is believed that no revocation list vouches for
 * @param vmpl the privilege level that must have asked for the report
 * @param provider the provider whose VLEK may have signed instead of a VCEK; empty for none
 * @param referenceValues what else the report is compared with
 */
public record SnpExpectations(
    Waiver debug,
    Waiver migration,
    Waiver missingRevocationList,
    long vmpl,
    Optional<String> provider,
    SnpReferenceValues referenceValues) {

  /** Whether something that is refused by default is let through. */
  public enum Waiver {
    /** Refused, as is the default. */
    REFUSED,
    /** Let through, because the caller said so. */
    ALLOWED
  }

  /**
   * No debugging, no migration, report asked for at VMPL 0 and signed by a VCEK, a revocation list
   * at hand. Launch measurement, host data and report data are compared once they are given.
   */
  public static SnpExpectations strict() {
    return new SnpExpectations(
        Waiver.REFUSED,
        Waiver.REFUSED,
        Waiver.REFUSED,
        0,
        Optional.empty(),
        SnpReferenceValues.none());
  }

  /** The same, but a guest whose memory its host can read and write is believed. */
  public SnpExpectations allowDebug() {
    return new SnpExpectations(
        Waiver.ALLOWED, migration, missingRevocationList, vmpl, provider, referenceValues);
  }

  /** The same, but a guest that a migration agent can be bound to is believed. */
  public SnpExpectations allowMigration() {
    return new SnpExpectations(
        debug, Waiver.ALLOWED, missingRevocationList, vmpl, provider, referenceValues);
  }

  /**
   * The same, but a chain that comes without a revocation list is believed: a signing key that AMD
   * has revoked is then not noticed. A list that is at hand is verified all the same.
   */
  public SnpExpectations acceptMissingRevocationList() {
    return new SnpExpectations(debug, migration, Waiver.ALLOWED, vmpl, provider, referenceValues);
  }

  /** The same with another privilege level, 0 to 3. */
  public SnpExpectations atVmpl(long level) {
    return new SnpExpectations(
        debug, migration, missingRevocationList, level, provider, referenceValues);
  }

  /**
   * The same, but a key that AMD loaded for this provider may have signed as well: which chip it
   * was is then unknown.
   *
   * @param cspId the provider, as AMD names it in the certificate
   */
  public SnpExpectations acceptVlekOf(String cspId) {
    return new SnpExpectations(
        debug, migration, missingRevocationList, vmpl, Optional.of(cspId), referenceValues);
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

  private SnpExpectations with(SnpReferenceValues values) {
    return new SnpExpectations(debug, migration, missingRevocationList, vmpl, provider, values);
  }
}
