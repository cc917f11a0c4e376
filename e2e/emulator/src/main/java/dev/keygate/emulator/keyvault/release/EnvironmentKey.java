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

  // All known clients have 2048 bits; a small key cannot carry the longest of the paddings.
  private static final int SMALLEST_KEY_BITS = 2048;

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
      RSAPublicKey key = (RSAPublicKey) KeySet.publicKey(jwk);
      return key.getModulus().bitLength() < SMALLEST_KEY_BITS
          ? Optional.empty()
          : Optional.of(new EnvironmentKey(jwk.path("kid").asText(), key));
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
