package dev.keygate.emulator.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * What a description means where it says nothing: no further tenants; principals and vaults of the
 * lab's own tenant; vaults and machines where their tenant is; ordinary vaults.
 */
final class DescriptionDefaults {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "kind", "vault",
          "tier", "premium",
          "access", "rbac",
          "throttling", "unlimited",
          "operators", "equals_only");

  private final JsonNode description;

  private DescriptionDefaults(JsonNode description) {
    this.description = description;
  }

  /** Adds the members that are missing; leaves alone what is not as expected. */
  static void fill(JsonNode description) {
    if (description instanceof ObjectNode object) {
      new DescriptionDefaults(object).fill(object);
    }
  }

  private void fill(ObjectNode object) {
    if (!object.has("tenants")) {
      object.putArray("tenants");
    }
    for (JsonNode principal : object.path("principals")) {
      if (principal instanceof ObjectNode one) {
        putIfKnown(one, "tenant", object.path("tenant"));
      }
    }
    for (JsonNode vault : object.path("vaults")) {
      if (vault instanceof ObjectNode one) {
        fillVault(one);
      }
    }
    for (JsonNode machine : object.path("machines")) {
      if (machine instanceof ObjectNode one) {
        putIfKnown(one, "location", locationOf(tenantOf(one.path("identities").path(0))));
      }
    }
  }

  private void fillVault(ObjectNode vault) {
    if (!vault.has("settings")) {
      vault.putObject("settings");
    }
    if (vault.path("settings") instanceof ObjectNode settings) {
      SETTINGS.forEach((name, value) -> settings.putIfAbsent(name, TextNode.valueOf(value)));
      putIfKnown(settings, "tenant", description.path("tenant"));
      putIfKnown(settings, "location", locationOf(settings.path("tenant")));
      if (!settings.has("propagationSeconds")) {
        settings.put("propagationSeconds", 0);
      }
    }
  }

  private static void putIfKnown(ObjectNode object, String name, JsonNode value) {
    if (!value.isMissingNode()) {
      object.putIfAbsent(name, value);
    }
  }

  private JsonNode tenantOf(JsonNode principal) {
    for (JsonNode one : description.path("principals")) {
      if (one.path("name").equals(principal)) {
        return one.path("tenant");
      }
    }
    return description.path("tenant");
  }

  private JsonNode locationOf(JsonNode tenant) {
    for (JsonNode one : description.path("tenants")) {
      if (one.path("id").equals(tenant)) {
        return one.path("location");
      }
    }
    return description.path("location");
  }
}
