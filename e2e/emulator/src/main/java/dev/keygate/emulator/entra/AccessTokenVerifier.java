package dev.keygate.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.oidc.DiscoveryException;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.time.TimeSource;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Verifies a tenant's access tokens for one resource, which says nothing but yes or no to them. */
public final class AccessTokenVerifier {

  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String BEARER = "Bearer ";

  private final UUID tenantId;
  private final Audience audience;
  private final IssuerKeys issuers;
  private final TimeSource time;

  /**
   * @param audience whom tokens must be for
   * @param issuers where the tenant's keys are had
   */
  public AccessTokenVerifier(
      UUID tenantId, Audience audience, IssuerKeys issuers, TimeSource time) {
    this.tenantId = tenantId;
    this.audience = audience;
    this.issuers = issuers;
    this.time = time;
  }

  /** The value of WWW-Authenticate. */
  public String challenge() {
    return "Bearer authorization=\"https://login.windows.net/"
        + tenantId
        + "\", resource=\""
        + audience.resource()
        + "\"";
  }

  /** Whether a request carries a token of the tenant for the resource, signed and in time. */
  public boolean accepts(HttpRequest request) {
    String header = request.header("authorization").orElse("");
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return false;
    }
    try {
      CompactJws jws = CompactJws.parse(header.substring(BEARER.length()).trim());
      return isForThis(jws.unverifiedClaims()) && isSigned(jws) && isInTime(jws.unverifiedClaims());
    } catch (MalformedTextException | DiscoveryException e) {
      return false;
    }
  }

  private boolean isForThis(ObjectNode claims) {
    return Json.text(claims, "aud").orElse("").equals(audience.resource())
        && Json.text(claims, "iss").orElse("").equals(AccessTokenIssuer.issuer(tenantId))
        && Json.text(claims, "tid").orElse("").equals(tenantId.toString());
  }

  private boolean isSigned(CompactJws jws) throws DiscoveryException {
    String authority = AccessTokenIssuer.authority(tenantId);
    Optional<PublicKey> key = issuers.keys(authority).find(jws.keyId());
    if (key.isEmpty()) {
      key = issuers.refreshedKeys(authority).find(jws.keyId());
    }
    return key.isPresent() && jws.isSignedBy(key.get());
  }

  private boolean isInTime(ObjectNode claims) {
    long now = time.now().getEpochSecond();
    return claims.path("exp").asLong() > now - SKEW.toSeconds()
        && claims.path("nbf").asLong(Long.MAX_VALUE) <= now + SKEW.toSeconds();
  }
}
