package dev.keygate.emulator.platform;

/** Which TCB the host serves the endorsement of, beside the one that reports state. */
public enum CollateralAge {
  /** The reports' own. */
  MATCHING,
  /** An older one: the host's certificate agent is behind. */
  OLDER,
  /** A newer one: the host was updated and the report is from before. */
  NEWER
}
