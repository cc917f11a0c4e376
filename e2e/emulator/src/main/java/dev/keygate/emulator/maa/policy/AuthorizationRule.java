package dev.keygate.emulator.maa.policy;

/** Whom a provider's policy lets have a token. */
public enum AuthorizationRule {
  /** Everybody whose evidence verifies: the default. */
  PERMIT,
  /** Nobody. */
  DENY
}
