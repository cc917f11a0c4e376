package dev.keygate.emulator.keyvault.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.key.StoredPolicy;
import dev.keygate.emulator.keyvault.refusal.SkrError;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.site.VaultSettings.PolicyOperators;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySupport;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;

/**
 * Reads {@code release_policy}: base64 in either alphabet around the policy's JSON. Operators other
 * than {@code equals} are refused where the vault does not evaluate them.
 */
final class PolicyCarrier {

  private PolicyCarrier() {}

  static StoredPolicy read(JsonNode carrier, PolicyOperators operators)
      throws VaultRefusedException {
    String data = Json.text(carrier, "data").orElse("");
    if (data.isEmpty()) {
      throw SkrError.POLICY_REQUIRED.refusal();
    }
    return new StoredPolicy(
        parse(data, operators),
        Json.text(carrier, "contentType").orElse(StoredPolicy.DEFAULT_CONTENT_TYPE),
        isImmutable(carrier));
  }

  private static boolean isImmutable(JsonNode carrier) throws VaultRefusedException {
    JsonNode immutable = carrier.path("immutable");
    if (!immutable.isBoolean() && !immutable.isMissingNode() && !immutable.isNull()) {
      throw VaultRefusals.badParameter("Property immutable is not a boolean.");
    }
    return immutable.asBoolean();
  }

  private static ReleasePolicyDocument parse(String data, PolicyOperators operators)
      throws VaultRefusedException {
    try {
      String text = new String(Base64Text.decode(data), UTF_8);
      ReleasePolicyDocument document = PolicyParser.parse(text);
      if (operators == PolicyOperators.EQUALS_ONLY) {
        PolicySupport.requireSupported(document);
      }
      return document;
    } catch (MalformedTextException e) {
      throw VaultRefusals.badParameter("The release policy's data is not base64url.");
    } catch (PolicySyntaxException | RefusedException e) {
      throw VaultRefusals.badParameter("Invalid release policy: " + e.getMessage());
    }
  }
}
