package dev.keygate.emulator.keyvault.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.JwsMemory;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.site.VaultSettings.PolicyOperators;
import dev.keygate.emulator.oidc.DiscoveryException;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.evaluation.Claims;
import dev.keygate.policy.evaluation.ClaimsFormatException;
import dev.keygate.policy.evaluation.Evaluation;
import dev.keygate.policy.evaluation.PolicyEvaluator;
import dev.keygate.time.TimeSource;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Judges attestation tokens against a key's policy, in the vault's order: a token at all; issued by
 * one of the policy's authorities; signed by a key that this authority publishes with a
 * certificate; in time; with a key to wrap to; claims that satisfy the policy.
 */
final class EnvironmentAssertion {

  private static final Duration SKEW = Duration.ofMinutes(5);

  private final IssuerKeys issuers;
  private final TimeSource time;
  private final JwsMemory lately = new JwsMemory();
  private final Map<CompactJws, Statement> statements =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final PolicyOperators operators;

  /**
   * What a token's claims say, which is read once as long as the token is remembered: it depends on
   * nothing but the token.
   *
   * @param key the key to wrap to
   * @param claims for the policy
   */
  private record Statement(EnvironmentKey key, Claims claims) {}

  EnvironmentAssertion(IssuerKeys issuers, TimeSource time, PolicyOperators operators) {
    this.issuers = issuers;
    this.time = time;
    this.operators = operators;
  }

  /** The key to wrap to, for a token that the policy admits. */
  EnvironmentKey judge(String token, ReleasePolicyDocument policy)
      throws AssertionRefusedException {
    CompactJws jws = parse(token);
    String issuer = Json.text(jws.unverifiedClaims(), "iss").orElse("");
    if (policy.anyOf().stream().noneMatch(branch -> branch.authority().isIssuer(issuer))) {
      throw AssertionRefusedException.policyNotMet(
          "authority", "the token's issuer " + issuer + " is none of the policy's authorities");
    }
    requireOwnKeyAddress(jws, issuer);
    if (!jws.isSignedBy(signingKey(issuer, jws.keyId()))) {
      throw AssertionRefusedException.notVerified("signature", "not RS256 by the issuer's key");
    }
    requireInTime(jws.unverifiedClaims());
    Statement statement = read(jws);
    requireAdmitted(policy, statement.claims());
    return statement.key();
  }

  private Statement read(CompactJws jws) throws AssertionRefusedException {
    Statement known = statements.get(jws);
    if (known != null) {
      return known;
    }
    ObjectNode claims = jws.unverifiedClaims();
    EnvironmentKey key =
        EnvironmentKey.choose(claims)
            .orElseThrow(
                () ->
                    AssertionRefusedException.notVerified(
                        "x-ms-runtime.keys", "no RSA key for encryption, or one without kid"));
    Statement statement = new Statement(key, parsed(claims));
    statements.put(jws, statement);
    return statement;
  }

  private CompactJws parse(String token) throws AssertionRefusedException {
    try {
      return lately.parse(token);
    } catch (MalformedTextException e) {
      throw AssertionRefusedException.notVerified("format", "not a compact JWS of JSON claims");
    }
  }

  /** Keys are found by the issuer's metadata; a token that points elsewhere is not believed. */
  private static void requireOwnKeyAddress(CompactJws jws, String issuer)
      throws AssertionRefusedException {
    Optional<String> address = jws.keySetAddress();
    String base = issuer.endsWith("/") ? issuer : issuer + "/";
    if (address.isPresent() && !address.get().startsWith(base)) {
      throw AssertionRefusedException.notVerified("jku", "not below the issuer's address");
    }
  }

  private PublicKey signingKey(String issuer, String keyId) throws AssertionRefusedException {
    try {
      Optional<PublicKey> key = issuers.keys(issuer).findCertified(keyId);
      if (key.isEmpty()) {
        key = issuers.refreshedKeys(issuer).findCertified(keyId);
      }
      return key.orElseThrow(
          () -> AssertionRefusedException.notVerified("kid", "not among the issuer's keys"));
    } catch (DiscoveryException e) {
      throw AssertionRefusedException.notVerified("issuer metadata", e.toString());
    }
  }

  private void requireInTime(ObjectNode claims) throws AssertionRefusedException {
    Instant now = time.now();
    JsonNode expires = claims.path("exp");
    if (!expires.canConvertToLong() || now.minus(SKEW).getEpochSecond() >= expires.asLong()) {
      throw AssertionRefusedException.notVerified("exp", "absent or over");
    }
    JsonNode notBefore = claims.path("nbf");
    if (!notBefore.isMissingNode()
        && notBefore.asLong(Long.MAX_VALUE) > now.plus(SKEW).getEpochSecond()) {
      throw AssertionRefusedException.notVerified("nbf", "in the future");
    }
  }

  private static Claims parsed(ObjectNode claims) throws AssertionRefusedException {
    try {
      return Claims.parse(claims.toString());
    } catch (ClaimsFormatException e) {
      throw AssertionRefusedException.notVerified("claims", "outside the vault's limits");
    }
  }

  private void requireAdmitted(ReleasePolicyDocument policy, Claims claims)
      throws AssertionRefusedException {
    if (operators == PolicyOperators.ALL && LenientEvaluation.admits(policy, claims)) {
      return;
    }
    switch (PolicyEvaluator.evaluate(policy, claims)) {
      case Evaluation.Admitted _ -> {}
      case Evaluation.Denied denied ->
          throw AssertionRefusedException.policyNotMet(
              denied.mismatches().getFirst().path(), denied.mismatches().toString());
      case Evaluation.UnknownAuthority unknown ->
          throw AssertionRefusedException.policyNotMet("authority", unknown.issuer().orElse(""));
    }
  }
}
