package dev.keygate.emulator.keyvault.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;
import java.util.Optional;

/**
 * The key-encryption key of the attested environment: the first RSA key for encryption in the
 * token's top-level {@code x-ms-runtime.keys}. Keys below {@code x-ms-isolation-tee} do not count.
 *
 * @param kid as the token names it
 * @param key the public key
 */
record EnvironmentKey(String kid, RSAPublicKey key) {

  static Optional<EnvironmentKey> choose(ObjectNode claims) {
    JsonNode keys = claims.path("x-ms-runtime").path("keys");
    if (!keys.isArray()) {
      return Optional.empty();
    }
    for (JsonNode jwk : keys) {
      if (Json.text(jwk, "kid").filter(kid -> !kid.isEmpty()).isEmpty()) {
        return Optional.empty();
      }
    }
    for (JsonNode jwk : keys) {
      if (jwk.path("kty").asText().equals("RSA") && isForEncryption(jwk)) {
        return read(jwk);
      }
    }
    return Optional.empty();
  }

  private static Optional<EnvironmentKey> read(JsonNode jwk) {
    try {
      return Optional.of(
          new EnvironmentKey(jwk.path("kid").asText(), (RSAPublicKey) KeySet.publicKey(jwk)));
    } catch (MalformedTextException e) {
      return Optional.empty();
    }
  }

  private static boolean isForEncryption(JsonNode jwk) {
    return says(jwk.path("key_use"), "enc")
        || says(jwk.path("use"), "enc")
        || says(jwk.path("key_ops"), "encrypt");
  }

  private static boolean says(JsonNode value, String word) {
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (element.asText().toLowerCase(Locale.ROOT).equals(word)) {
          return true;
        }
      }
      return false;
    }
    return value.asText().toLowerCase(Locale.ROOT).equals(word);
  }
}
