package dev.keygate.emulator.platform;

/** What can be wrong with a machine beside the defects of its signed reports. */
public enum PlatformDefect {
  /** Nothing. */
  NONE,
  /** The event log lacks an event that was extended, so it does not replay to the PCRs. */
  EVENT_LOG_INCOMPLETE,
  /** The runtime claims name another attestation key than the vTPM has. */
  OTHER_ATTESTATION_KEY,
  /** The host serves the endorsement of an older TCB than the report states. */
  STALE_COLLATERAL,
  /** The host serves the endorsement of a newer TCB than the report states. */
  NEWER_COLLATERAL
}
