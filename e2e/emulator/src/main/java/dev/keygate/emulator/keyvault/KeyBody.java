package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.key.KeyType;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members that create and update share. Unknown members are ignored, as the vault does.
 *
 * @param json the whole body
 */
record KeyBody(ObjectNode json) {

  private static final int MAX_TAGS = 15;
  private static final int MAX_TAG_LENGTH = 256;

  static KeyBody parse(String body) throws VaultRefusedException {
    try {
      return new KeyBody(Json.parseObject(body));
    } catch (MalformedTextException e) {
      throw VaultRefusals.badParameter("The request body is not a JSON object.");
    }
  }

  /** Empty where absent or empty: some clients always send an empty list. */
  Optional<List<String>> operations() throws VaultRefusedException {
    List<String> operations = new ArrayList<>();
    for (JsonNode operation : list("key_ops")) {
      if (!KeyType.OPERATIONS.contains(operation.asText())) {
        throw VaultRefusals.badParameter("Property key_ops has an invalid value.");
      }
      operations.add(operation.asText());
    }
    return operations.isEmpty() ? Optional.empty() : Optional.of(operations);
  }

  Optional<Map<String, String>> tags() throws VaultRefusedException {
    JsonNode tags = json.path("tags");
    if (isAbsent(tags)) {
      return Optional.empty();
    }
    if (!tags.isObject() || tags.size() > MAX_TAGS) {
      throw VaultRefusals.badParameter("Property tags is not an object of at most 15 strings.");
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> tag : tags.properties()) {
      if (!tag.getValue().isTextual()
          || tag.getKey().length() > MAX_TAG_LENGTH
          || tag.getValue().textValue().length() > MAX_TAG_LENGTH) {
        throw VaultRefusals.badParameter("A tag is not a string of at most 256 characters.");
      }
      map.put(tag.getKey(), tag.getValue().textValue());
    }
    return Optional.of(map);
  }

  Optional<Boolean> enabled() throws VaultRefusedException {
    return flag("enabled");
  }

  Optional<Boolean> exportable() throws VaultRefusedException {
    return flag("exportable");
  }

  Optional<Long> seconds(String attribute) throws VaultRefusedException {
    JsonNode value = json.path("attributes").path(attribute);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw VaultRefusals.badParameter("Attribute " + attribute + " is not a number of seconds.");
    }
    return Optional.of(value.longValue());
  }

  Optional<JsonNode> releasePolicy() {
    JsonNode policy = json.path("release_policy");
    return isAbsent(policy) ? Optional.empty() : Optional.of(policy);
  }

  private Optional<Boolean> flag(String attribute) throws VaultRefusedException {
    JsonNode value = json.path("attributes").path(attribute);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw VaultRefusals.badParameter("Attribute " + attribute + " is not a boolean.");
    }
    return Optional.of(value.booleanValue());
  }

  private JsonNode list(String member) throws VaultRefusedException {
    JsonNode value = json.path(member);
    if (!isAbsent(value) && !value.isArray()) {
      throw VaultRefusals.badParameter("Property " + member + " is not an array.");
    }
    return value;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
