package dev.keygate.azure.attestation;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.policy.evaluation.Claims;
import java.time.Instant;

/**
 * An attestation token that a pinned authority signed for this guest, this nonce and this transfer
 * key; only {@link TokenVerifier} makes one.
 */
public final class VerifiedToken {

  private final AttestationToken token;
  private final AuthorityEndpoint issuer;
  private final Claims claims;
  private final Validity validity;

  record Validity(Instant expiresAt, String idHash) {}

  VerifiedToken(
      AttestationToken token, AuthorityEndpoint issuer, Claims claims, Validity validity) {
    this.token = token;
    this.issuer = issuer;
    this.claims = claims;
    this.validity = validity;
  }

  /** The token as it travels. */
  public AttestationToken token() {
    return token;
  }

  /** The authority that signed it. */
  public AuthorityEndpoint issuer() {
    return issuer;
  }

  /** Everything that the authority vouches for. */
  public Claims claims() {
    return claims;
  }

  /** When it stops being in force. */
  public Instant expiresAt() {
    return validity.expiresAt();
  }

  /** The SHA-256 of the token's {@code jti} in lower-case hex: names the token without being it. */
  public String idHash() {
    return validity.idHash();
  }

  /** Issuer and hashed id, never the token. */
  @Override
  public String toString() {
    return "VerifiedToken[" + issuer + ", id " + idHash() + ", until " + expiresAt() + "]";
  }
}
