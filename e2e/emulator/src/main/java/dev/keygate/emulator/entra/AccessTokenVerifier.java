package dev.keygate.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.entra.TokenRefusedException.Defect;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.JwsMemory;
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

/** Verifies a tenant's access tokens for one resource. Safe for use by several threads. */
public final class AccessTokenVerifier {

  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String BEARER = "Bearer ";

  private final UUID tenantId;
  private final Audience audience;
  private final IssuerKeys issuers;
  private final TimeSource time;
  private final JwsMemory lately = new JwsMemory();

  /**
   * @param audience whom tokens must be for; its cloud is the tenant's
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
    return "Bearer authorization=\"https://"
        + audience.cloud().challengeHost()
        + "/"
        + tenantId
        + "\", resource=\""
        + audience.resource()
        + "\"";
  }

  /**
   * Whom a request's token names: a token of the tenant for the resource, signed and in time.
   *
   * @throws TokenRefusedException if it carries none
   */
  public Caller verify(HttpRequest request) throws TokenRefusedException {
    CompactJws jws = parse(bearer(request.header("authorization").orElse("")));
    ObjectNode claims = jws.unverifiedClaims();
    requireAudienceAndIssuer(claims);
    requireSignature(jws);
    requireInTime(claims);
    return caller(claims);
  }

  private static String bearer(String header) throws TokenRefusedException {
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        || header.substring(BEARER.length()).isBlank()) {
      throw new TokenRefusedException(Defect.MISSING);
    }
    return header.substring(BEARER.length()).trim();
  }

  private CompactJws parse(String token) throws TokenRefusedException {
    try {
      return lately.parse(token);
    } catch (MalformedTextException e) {
      throw new TokenRefusedException(Defect.MALFORMED, e);
    }
  }

  private void requireAudienceAndIssuer(ObjectNode claims) throws TokenRefusedException {
    if (!Json.text(claims, "aud").orElse("").equals(audience.resource())) {
      throw new TokenRefusedException(Defect.AUDIENCE);
    }
    if (!Json.text(claims, "iss").orElse("").equals(AccessTokenIssuer.issuer(tenantId))
        || !Json.text(claims, "tid").orElse("").equals(tenantId.toString())) {
      throw new TokenRefusedException(Defect.ISSUER);
    }
  }

  private void requireSignature(CompactJws jws) throws TokenRefusedException {
    try {
      String authority = AccessTokenIssuer.authority(audience.cloud(), tenantId);
      Optional<PublicKey> key = issuers.keys(authority).find(jws.keyId());
      if (key.isEmpty()) {
        key = issuers.refreshedKeys(authority).find(jws.keyId());
      }
      if (key.isEmpty() || !jws.isSignedBy(key.get())) {
        throw new TokenRefusedException(Defect.SIGNATURE);
      }
    } catch (DiscoveryException e) {
      throw new TokenRefusedException(Defect.KEYS_UNAVAILABLE, e);
    }
  }

  private void requireInTime(ObjectNode claims) throws TokenRefusedException {
    long now = time.now().getEpochSecond();
    if (claims.path("exp").asLong() <= now - SKEW.toSeconds()
        || claims.path("nbf").asLong(Long.MAX_VALUE) > now + SKEW.toSeconds()) {
      throw new TokenRefusedException(Defect.LIFETIME);
    }
  }

  private Caller caller(ObjectNode claims) throws TokenRefusedException {
    try {
      UUID objectId = UUID.fromString(Json.text(claims, "oid").orElse(""));
      return new Caller(Json.text(claims, "appid").orElse(""), objectId, tenantId);
    } catch (IllegalArgumentException e) {
      throw new TokenRefusedException(Defect.OBJECT_ID, e);
    }
  }
}
