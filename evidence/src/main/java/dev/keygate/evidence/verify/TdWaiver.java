package dev.keygate.evidence.verify;

/** What {@link TdExpectations} refuse by default and let through once it is waived. */
public enum TdWaiver {
  /** A TD that its host can debug. */
  DEBUG,
  /** A TD that its host can profile. */
  PROFILING,
  /** A TD that a migration TD can move to another machine. */
  MIGRATION,
  /** A PCK chain for which no revocation lists are at hand. */
  MISSING_REVOCATION_LISTS,
  /** A platform whose TCB level nobody has looked up in Intel's TCB info. */
  UNKNOWN_TCB_LEVEL
}
