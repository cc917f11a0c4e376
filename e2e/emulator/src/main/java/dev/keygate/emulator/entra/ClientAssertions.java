package dev.keygate.emulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.oidc.DiscoveredKeys;
import dev.keygate.emulator.oidc.DiscoveryException;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.emulator.oidc.TrustedHttp;
import dev.keygate.time.TimeSource;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Verifies federated client assertions: first that a credential is registered for issuer, subject
 * and audience, then the signature by the issuer's own keys, then the times.
 */
final class ClientAssertions implements AutoCloseable {

  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Directory directory;
  private final TimeSource time;
  private final Supplier<Tenant.MismatchCodes> codes;
  private final Map<String, DiscoveredKeys> byTrust = new ConcurrentHashMap<>();

  ClientAssertions(Directory directory, TimeSource time, Supplier<Tenant.MismatchCodes> codes) {
    this.directory = directory;
    this.time = time;
    this.codes = codes;
  }

  ClientAssertions telling(Supplier<Tenant.MismatchCodes> others) {
    return new ClientAssertions(directory, time, others);
  }

  void verify(ServicePrincipal principal, String assertion) throws EntraRefusedException {
    CompactJws jws = parse(assertion);
    ObjectNode claims = jws.unverifiedClaims();
    FederatedCredential credential = match(principal, claims);
    PublicKey key = key(credential, jws.keyId());
    if (!jws.isSignedBy(key)) {
      throw new EntraRefusedException(
          Aadsts.SIGNATURE_INVALID, "Client assertion failed signature validation.");
    }
    requireInTime(claims);
  }

  private static CompactJws parse(String assertion) throws EntraRefusedException {
    try {
      return CompactJws.parse(assertion);
    } catch (MalformedTextException e) {
      throw new EntraRefusedException(
          Aadsts.ASSERTION_MALFORMED, "JWT token is invalid or malformed.");
    }
  }

  private FederatedCredential match(ServicePrincipal principal, ObjectNode claims)
      throws EntraRefusedException {
    String issuer = Json.text(claims, "iss").orElse("");
    String subject = Json.text(claims, "sub").orElse("");
    Optional<FederatedCredential> credential =
        directory.match(principal.clientId(), issuer, subject);
    if (credential.isEmpty() || !hasAudience(claims.path("aud"))) {
      throw new EntraRefusedException(
          mismatch(principal, issuer, credential.isPresent()),
          "No matching federated identity record found for presented assertion."
              + " Assertion Issuer: '"
              + issuer
              + "'. Assertion Subject: '"
              + subject
              + "'. Assertion Audience: '"
              + only(claims.path("aud")).asText()
              + "'. https://docs.microsoft.com/en-us/azure/active-directory/develop/"
              + "workload-identity-federation");
    }
    return credential.get();
  }

  private Aadsts mismatch(ServicePrincipal principal, String issuer, boolean onlyAudienceDiffers) {
    if (codes.get() == Tenant.MismatchCodes.ONE) {
      return Aadsts.NO_MATCHING_CREDENTIAL;
    }
    if (onlyAudienceDiffers) {
      return Aadsts.NO_MATCHING_AUDIENCE;
    }
    return directory.trusts(principal.clientId(), issuer)
        ? Aadsts.NO_MATCHING_SUBJECT
        : Aadsts.NO_MATCHING_ISSUER;
  }

  // A token for others as well could have been taken from one of them.
  private static boolean hasAudience(JsonNode audience) {
    JsonNode only = only(audience);
    return only.isTextual() && only.textValue().equals(FederatedCredential.AUDIENCE);
  }

  private static JsonNode only(JsonNode audience) {
    return audience.isArray() && audience.size() == 1 ? audience.path(0) : audience;
  }

  private PublicKey key(FederatedCredential credential, String keyId) throws EntraRefusedException {
    try {
      IssuerKeys issuers = issuers(credential.issuerCaPem());
      Optional<PublicKey> key = issuers.keys(credential.issuer()).find(keyId);
      if (key.isEmpty()) {
        KeySet refreshed = issuers.refreshedKeys(credential.issuer());
        key = refreshed.find(keyId);
      }
      return key.orElseThrow(
          () ->
              new EntraRefusedException(
                  Aadsts.SIGNATURE_INVALID,
                  "Client assertion contains an invalid signature. [Reason - The key was not"
                      + " found.]"));
    } catch (DiscoveryException e) {
      throw new EntraRefusedException(
          Aadsts.DISCOVERY_FAILED, "Request to External OIDC endpoint failed: " + e.getMessage());
    }
  }

  private IssuerKeys issuers(String caPem) throws EntraRefusedException {
    DiscoveredKeys known = byTrust.get(caPem);
    if (known != null) {
      return known;
    }
    try {
      DiscoveredKeys fresh = new DiscoveredKeys(TrustedHttp.direct(caPem), time);
      byTrust.put(caPem, fresh);
      return fresh;
    } catch (GeneralSecurityException e) {
      throw new EntraRefusedException(
          Aadsts.DISCOVERY_FAILED,
          "Request to External OIDC endpoint failed: its registered roots are no certificates.");
    }
  }

  private void requireInTime(ObjectNode claims) throws EntraRefusedException {
    Instant now = time.now();
    JsonNode expires = claims.path("exp");
    JsonNode notBefore = claims.path("nbf");
    boolean inTime =
        expires.canConvertToLong()
            && now.minus(SKEW).getEpochSecond() < expires.asLong()
            && (notBefore.isMissingNode()
                || now.plus(SKEW).getEpochSecond() >= notBefore.asLong(Long.MAX_VALUE));
    if (!inTime) {
      throw new EntraRefusedException(
          Aadsts.ASSERTION_NOT_IN_TIME,
          "Client assertion is not within its valid time range. Current time: "
              + now
              + ", assertion valid from "
              + Instant.ofEpochSecond(bounded(notBefore))
              + ", expiry time of assertion "
              + Instant.ofEpochSecond(bounded(expires))
              + ".");
    }
  }

  // Keeps any number a caller may write inside what an Instant can print.
  private static long bounded(JsonNode seconds) {
    return Math.clamp(seconds.asLong(), 0L, 253_402_300_799L);
  }

  @Override
  public void close() {
    byTrust.values().forEach(DiscoveredKeys::close);
  }
}
