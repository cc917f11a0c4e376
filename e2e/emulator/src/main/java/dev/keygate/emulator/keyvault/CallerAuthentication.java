package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.JwsMemory;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.access.Caller;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.oidc.DiscoveryException;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.time.TimeSource;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Validates bearer tokens of the vault's tenant and says how to get one. */
final class CallerAuthentication {

  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String BEARER = "Bearer ";

  private final UUID tenantId;
  private final String audience;
  private final IssuerKeys issuers;
  private final TimeSource time;
  private final JwsMemory lately = new JwsMemory();

  CallerAuthentication(VaultSite site, IssuerKeys issuers, TimeSource time) {
    this.tenantId = site.tenantId();
    this.audience = site.host().audience();
    this.issuers = issuers;
    this.time = time;
  }

  /** The value of WWW-Authenticate. */
  String challenge() {
    return "Bearer authorization=\"https://login.windows.net/"
        + tenantId
        + "\", resource=\""
        + audience
        + "\"";
  }

  Caller authenticate(HttpRequest request) throws VaultRefusedException {
    String header = request.header("authorization").orElse("");
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        || header.substring(BEARER.length()).isBlank()) {
      throw VaultRefusals.unauthorized("AKV10000: Request is missing a Bearer or PoP token.");
    }
    CompactJws jws = parse(header.substring(BEARER.length()).trim());
    ObjectNode claims = jws.unverifiedClaims();
    requireAudienceAndIssuer(claims);
    requireSignature(jws);
    requireInTime(claims);
    return caller(claims);
  }

  private CompactJws parse(String token) throws VaultRefusedException {
    try {
      return lately.parse(token);
    } catch (MalformedTextException e) {
      throw VaultRefusals.unauthorized("AKV10001: Jwt10142: Unable to decode the token.");
    }
  }

  private void requireAudienceAndIssuer(ObjectNode claims) throws VaultRefusedException {
    if (!Json.text(claims, "aud").orElse("").equals(audience)) {
      throw VaultRefusals.unauthorized("AKV10022: Invalid audience. Expected " + audience + ".");
    }
    if (!Json.text(claims, "iss").orElse("").equals(AccessTokenIssuer.issuer(tenantId))
        || !Json.text(claims, "tid").orElse("").equals(tenantId.toString())) {
      throw VaultRefusals.unauthorized(
          "AKV10032: Invalid issuer. Expected one of " + AccessTokenIssuer.issuer(tenantId) + ".");
    }
  }

  private void requireSignature(CompactJws jws) throws VaultRefusedException {
    try {
      String authority = AccessTokenIssuer.authority(tenantId);
      Optional<PublicKey> key = issuers.keys(authority).find(jws.keyId());
      if (key.isEmpty()) {
        key = issuers.refreshedKeys(authority).find(jws.keyId());
      }
      if (key.isEmpty() || !jws.isSignedBy(key.get())) {
        throw VaultRefusals.unauthorized("AKV10046: Unable to validate the token's signature.");
      }
    } catch (DiscoveryException e) {
      throw VaultRefusals.unauthorized(
          "AKV10046: Unable to resolve the key used for signature validation.");
    }
  }

  private void requireInTime(ObjectNode claims) throws VaultRefusedException {
    long now = time.now().getEpochSecond();
    if (claims.path("exp").asLong() <= now - SKEW.toSeconds()
        || claims.path("nbf").asLong(Long.MAX_VALUE) > now + SKEW.toSeconds()) {
      throw VaultRefusals.unauthorized("AKV10093: Lifetime validation of the token failed.");
    }
  }

  private Caller caller(ObjectNode claims) throws VaultRefusedException {
    try {
      UUID objectId = UUID.fromString(Json.text(claims, "oid").orElse(""));
      return new Caller(Json.text(claims, "appid").orElse(""), objectId, tenantId);
    } catch (IllegalArgumentException e) {
      throw VaultRefusals.unauthorized("AKV10003: The token names no object id.");
    }
  }
}
