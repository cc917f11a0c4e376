package dev.keygate.emulator.entra;

import java.time.Instant;

/**
 * An access token of the lab.
 *
 * @param text the compact JWS
 * @param issuedAt whole seconds
 * @param expiresAt whole seconds
 */
public record IssuedToken(String text, Instant issuedAt, Instant expiresAt) {

  /** Shows the times only. */
  @Override
  public String toString() {
    return "IssuedToken[" + issuedAt + ", " + expiresAt + "]";
  }
}
