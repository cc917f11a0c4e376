package dev.keygate.emulator.maa.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Issues a provider's tokens. Safe for use by several threads. */
public final class TokenIssuer {

  private static final Duration LIFETIME = Duration.ofHours(8);
  private static final int ID_BYTES = 32;

  private final String issuer;
  private final SigningKeys keys;
  private final TimeSource time;
  private final SecureRandom random;

  /**
   * @param issuer without a slash at its end
   * @param random what token ids are made of
   */
  public TokenIssuer(String issuer, SigningKeys keys, TimeSource time, SecureRandom random) {
    this.issuer = issuer;
    this.keys = keys;
    this.time = time;
    this.random = random;
  }

  /** A token with these claims beside the ones that every token has. */
  public String signed(ObjectNode claims) {
    return keys.signing().sign(issuer, completed(claims));
  }

  /** The same, but unsecured. */
  public String unsigned(ObjectNode claims) {
    return CompactJws.unsigned(completed(claims));
  }

  /**
   * A token with whatever claims: a described claim replaces the usual one of its name, one that is
   * described as null is absent.
   */
  public String minted(ObjectNode described) {
    ObjectNode claims = completed(described);
    for (Map.Entry<String, JsonNode> claim : described.properties()) {
      if (claim.getValue().isNull()) {
        claims.remove(claim.getKey());
      }
    }
    return keys.signing().sign(issuer, claims);
  }

  private ObjectNode completed(ObjectNode claims) {
    Instant now = time.now();
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    ObjectNode all = Json.object().put("iss", issuer);
    all.put("iat", now.getEpochSecond()).put("nbf", now.getEpochSecond());
    all.put("exp", now.plus(LIFETIME).getEpochSecond());
    all.put("jti", Base64Text.hex(id)).put("x-ms-ver", "1.0");
    return all.setAll(claims);
  }
}
