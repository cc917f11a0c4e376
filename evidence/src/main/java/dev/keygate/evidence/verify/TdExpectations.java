package dev.keygate.evidence.verify;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a TD quote must say to be believed. It starts strict; what is waived is waived by a call
 * with its name.
 *
 * @param waived what is let through
 */
public record TdExpectations(Set<TdWaiver> waived) {

  /** Copies the set. */
  public TdExpectations {
    EnumSet<TdWaiver> copy = EnumSet.noneOf(TdWaiver.class);
    copy.addAll(waived);
    waived = Collections.unmodifiableSet(copy);
  }

  /**
   * No debugging, profiling or migration, no chain whose revocation is unknown, no platform whose
   * TCB level is unknown. This library does not evaluate TCB levels yet, so nothing passes without
   * {@link #acceptUnknownTcbLevel}: the caller must know that somebody else evaluates them.
   */
  public static TdExpectations strict() {
    return new TdExpectations(Set.of());
  }

  /** The same, but a TD whose memory its host can read and write is believed. */
  public TdExpectations allowDebug() {
    return waiving(TdWaiver.DEBUG);
  }

  /** The same, but a TD whose execution its host can profile is believed. */
  public TdExpectations allowProfiling() {
    return waiving(TdWaiver.PROFILING);
  }

  /** The same, but a TD that a migration TD can move is believed. */
  public TdExpectations allowMigration() {
    return waiving(TdWaiver.MIGRATION);
  }

  /** The same, but a PCK chain is believed without revocation lists; lists at hand still count. */
  public TdExpectations acceptMissingRevocationLists() {
    return waiving(TdWaiver.MISSING_REVOCATION_LISTS);
  }

  /**
   * The same, but a platform is believed whatever vulnerabilities its TCB has. Azure Attestation
   * evaluates TCB levels itself.
   */
  public TdExpectations acceptUnknownTcbLevel() {
    return waiving(TdWaiver.UNKNOWN_TCB_LEVEL);
  }

  boolean isWaived(TdWaiver waiver) {
    return waived.contains(waiver);
  }

  private TdExpectations waiving(TdWaiver waiver) {
    EnumSet<TdWaiver> more = EnumSet.of(waiver);
    more.addAll(waived);
    return new TdExpectations(more);
  }
}
