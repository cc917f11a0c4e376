package dev.keygate.azure.attestation;

import dev.keygate.azure.jose.CompactJws;
import dev.keygate.azure.jose.JwsRefusedException;
import java.util.Optional;

/**
 * An attestation token as it travels: a compact JWS that is well-formed and not verified. Whoever
 * holds its text and the transfer key can release keys, so it shows itself only when asked by name.
 */
public final class AttestationToken {

  private final String text;
  private final CompactJws jws;

  private AttestationToken(String text, CompactJws jws) {
    this.text = text;
    this.jws = jws;
  }

  /**
   * Reads a compact JWS signed with RS256.
   *
   * @throws JwsRefusedException for anything else, {@code alg: none} among it
   */
  public static AttestationToken parse(String text) throws JwsRefusedException {
    return new AttestationToken(text, CompactJws.parse(text));
  }

  /** The token's text, for the body of a release request and nothing else. */
  public String reveal() {
    return text;
  }

  /** The key that the token says it is signed with; to fetch the right key set, no more. */
  public Optional<String> unverifiedKeyId() {
    return jws.unverifiedKeyId();
  }

  CompactJws jws() {
    return jws;
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "AttestationToken[redacted]";
  }
}
