package dev.keygate.evidence.verify;

/**
 * What an SNP report must say to be believed. It starts strict; what is waived is waived by a call
 * with its name.
 *
 * @param debug whether a guest that its host can debug is believed
 * @param migration whether a guest that may be bound to a migration agent is believed
 * @param vmpl the privilege level that must have asked for the report
 */
public record SnpExpectations(Waiver debug, Waiver migration, long vmpl) {

  /** Whether something that is refused by default is let through. */
  public enum Waiver {
    /** Refused, as is the default. */
    REFUSED,
    /** Let through, because the caller said so. */
    ALLOWED
  }

  /** No debugging, no migration, report asked for at VMPL 0. */
  public static SnpExpectations strict() {
    return new SnpExpectations(Waiver.REFUSED, Waiver.REFUSED, 0);
  }

  /** The same, but a guest whose memory its host can read and write is believed. */
  public SnpExpectations allowDebug() {
    return new SnpExpectations(Waiver.ALLOWED, migration, vmpl);
  }

  /** The same, but a guest that a migration agent can be bound to is believed. */
  public SnpExpectations allowMigration() {
    return new SnpExpectations(debug, Waiver.ALLOWED, vmpl);
  }

  /** The same with another privilege level, 0 to 3. */
  public SnpExpectations atVmpl(long level) {
    return new SnpExpectations(debug, migration, level);
  }
}
