package dev.keygate.emulator.keyvault.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.evidence.bytes.Bytes;

/**
 * What a caller wants done. Members besides the algorithm and the value are empty where absent.
 *
 * @param value plaintext, ciphertext, digest or signature
 * @param iv initialization vector
 * @param aad additional authenticated data
 * @param tag authentication tag
 * @param digest what a signature is verified over
 */
record CryptoRequest(
    Algorithm algorithm, Bytes value, Bytes iv, Bytes aad, Bytes tag, Bytes digest) {

  static CryptoRequest parse(KeyBody body) throws VaultRefusedException {
    JsonNode json = body.json();
    Algorithm algorithm =
        Json.text(json, "alg")
            .flatMap(Algorithm::find)
            .orElseThrow(() -> VaultRefusals.badParameter("Property alg has an invalid value."));
    Bytes value = octets(json, "value");
    if (value.isEmpty()) {
      throw VaultRefusals.badParameter("Property value is required and has no value.");
    }
    return new CryptoRequest(
        algorithm,
        value,
        octets(json, "iv"),
        octets(json, "aad"),
        octets(json, "tag"),
        octets(json, "digest"));
  }

  CryptoRequest withIv(Bytes other) {
    return new CryptoRequest(algorithm, value, other, aad, tag, digest);
  }

  private static Bytes octets(JsonNode json, String member) throws VaultRefusedException {
    JsonNode text = json.path(member);
    if (KeyBody.isAbsent(text)) {
      return Bytes.EMPTY;
    }
    try {
      if (text.isTextual()) {
        return Bytes.copyOf(Base64Text.decode(text.textValue()));
      }
    } catch (MalformedTextException e) {
      throw VaultRefusals.badParameter("Property " + member + " is not base64url text.");
    }
    throw VaultRefusals.badParameter("Property " + member + " is not base64url text.");
  }
}
