package dev.keygate.evidence.verify;

/** What {@link SnpExpectations} refuse by default and let through once it is waived. */
public enum SnpWaiver {
  /** A guest that its host can debug. */
  DEBUG,
  /** A guest that may be bound to a migration agent. */
  MIGRATION,
  /** A chain for which no revocation list is at hand. */
  MISSING_REVOCATION_LISTS
}
