package dev.keygate.emulator.keyvault.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import java.util.Optional;

/**
 * What a caller of release asks.
 *
 * @param target the attestation token
 * @param nonce echoed, compared with nothing
 * @param algorithm the default where the caller named none
 */
record ReleaseRequest(String target, Optional<String> nonce, WrapAlgorithm algorithm) {

  static ReleaseRequest parse(String body) throws VaultRefusedException {
    ObjectNode json;
    try {
      json = Json.parseObject(body);
    } catch (MalformedTextException e) {
      throw VaultRefusals.badParameter("The request body is not a JSON object.");
    }
    String target =
        Json.text(json, "target")
            .filter(text -> !text.isEmpty())
            .orElseThrow(
                () -> VaultRefusals.badParameter("Property target is required and has no value."));
    return new ReleaseRequest(target, nonce(json.path("nonce")), algorithm(json.path("enc")));
  }

  private static Optional<String> nonce(JsonNode nonce) throws VaultRefusedException {
    if (nonce.isMissingNode() || nonce.isNull()) {
      return Optional.empty();
    }
    if (!nonce.isTextual()) {
      throw VaultRefusals.badParameter("Property nonce is not a string.");
    }
    return Optional.of(nonce.textValue());
  }

  private static WrapAlgorithm algorithm(JsonNode enc) throws VaultRefusedException {
    if (enc.isMissingNode() || enc.isNull()) {
      return WrapAlgorithm.SHA_1;
    }
    return WrapAlgorithm.find(enc.asText())
        .orElseThrow(() -> VaultRefusals.badParameter("Property enc has an invalid value."));
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return "ReleaseRequest[" + algorithm + "]";
  }
}
