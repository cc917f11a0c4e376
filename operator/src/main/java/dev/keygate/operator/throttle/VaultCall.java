package dev.keygate.operator.throttle;

/** What a vault counts together. */
public enum VaultCall {
  /** Making a key or a version of one. Key Vault counts releases with it, which others ask for. */
  CREATE,
  /** Everything else. */
  REQUEST,
  /** The first look of a run that only compares: it pays for the whole run. */
  RESYNC
}
