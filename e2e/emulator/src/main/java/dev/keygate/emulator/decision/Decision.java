package dev.keygate.emulator.decision;

import java.time.Instant;

/**
 * One decision.
 *
 * @param at when
 * @param operation {@code attest}, or {@link #KEY_RELEASE} as a vault's audit log calls it
 * @param host the service that decided
 * @param caller who asked: an object id, or {@code anonymous}
 * @param subject what it was about: a key identifier, or a machine's id
 * @param outcome what was decided
 * @param check the first check or condition that failed; empty text where none did
 * @param detail what was found, without secrets
 */
public record Decision(
    Instant at,
    String operation,
    String host,
    String caller,
    String subject,
    Outcome outcome,
    String check,
    String detail) {

  /** A release that an authenticated caller asked for. */
  public static final String KEY_RELEASE = "KeyRelease";

  /** The two outcomes. */
  public enum Outcome {
    /** The token was issued, or the key was released. */
    ALLOWED,
    /** The request was refused. */
    DENIED
  }

  /** The same decision with what led to it. */
  public Decision because(String failed, String found) {
    return new Decision(at, operation, host, caller, subject, outcome, failed, found);
  }
}
