package dev.keygate.operator.throttle;

/** Why a run looks at a vault. */
public enum Urgency {
  /** Somebody waits for what it does. */
  AWAITED,
  /** Nobody has changed anything that is known; somebody may have changed the vault. */
  ROUTINE
}
