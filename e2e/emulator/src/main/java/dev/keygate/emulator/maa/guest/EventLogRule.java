package dev.keygate.emulator.maa.guest;

/** What is done about a guest that sends no event log. */
public enum EventLogRule {
  /** Its evidence is refused. */
  REQUIRED,
  /** Its evidence is appraised without; the token then does not claim secure boot. */
  OPTIONAL
}
