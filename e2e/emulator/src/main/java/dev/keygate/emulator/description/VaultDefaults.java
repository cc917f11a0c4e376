package dev.keygate.emulator.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** What a vault is that a description says no more of than its name and permissions. */
final class VaultDefaults {

  private static final Map<String, String> NAMED =
      Map.of(
          "kind", "vault",
          "tier", "premium",
          "access", "rbac",
          "throttling", "unlimited",
          "operators", "equals_only");

  private VaultDefaults() {}

  /** Adds the members that are missing; leaves alone what is not as expected. */
  static void fill(JsonNode description) {
    for (JsonNode vault : description.path("vaults")) {
      if (vault instanceof ObjectNode object) {
        if (!object.has("settings")) {
          object.putObject("settings");
        }
        if (object.path("settings") instanceof ObjectNode settings) {
          NAMED.forEach((name, value) -> settings.putIfAbsent(name, TextNode.valueOf(value)));
          settings.putIfAbsent("tenant", description.path("tenant"));
          if (!settings.has("propagationSeconds")) {
            settings.put("propagationSeconds", 0);
          }
        }
      }
    }
  }
}
