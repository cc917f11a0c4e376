package dev.keygate.emulator.keyvault.request;

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
public record KeyBody(ObjectNode json) {

  private static final int MAX_TAGS = 15;
  private static final int MAX_TAG_LENGTH = 256;

  /**
   * Reads a request's body.
   *
   * @throws VaultRefusedException if it is no JSON object
   */
  public static KeyBody parse(String body) throws VaultRefusedException {
    try {
      return new KeyBody(Json.parseObject(body));
    } catch (MalformedTextException e) {
      throw VaultRefusals.badParameter("The request body is not a JSON object.");
    }
  }

  /** Empty where absent or empty: some clients always send an empty list. */
  public Optional<List<String>> operations() throws VaultRefusedException {
    return operations(json);
  }

  /** The same of an imported JWK. */
  public static Optional<List<String>> operations(JsonNode jwk) throws VaultRefusedException {
    JsonNode list = jwk.path("key_ops");
    if (!isAbsent(list) && !list.isArray()) {
      throw VaultRefusals.badParameter("Property key_ops is not an array.");
    }
    List<String> operations = new ArrayList<>();
    for (JsonNode operation : list) {
      if (!KeyType.OPERATIONS.contains(operation.asText())) {
        throw VaultRefusals.badParameter("Property key_ops has an invalid value.");
      }
      operations.add(operation.asText());
    }
    return operations.isEmpty() ? Optional.empty() : Optional.of(operations);
  }

  /** Empty where absent. */
  public Optional<Map<String, String>> tags() throws VaultRefusedException {
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

  /** Empty where absent. */
  public Optional<Boolean> enabled() throws VaultRefusedException {
    return flag("enabled");
  }

  /** Empty where absent. */
  public Optional<Boolean> exportable() throws VaultRefusedException {
    return flag("exportable");
  }

  /** A time among the attributes; empty where absent. */
  public Optional<Long> seconds(String attribute) throws VaultRefusedException {
    JsonNode value = json.path("attributes").path(attribute);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw VaultRefusals.badParameter("Attribute " + attribute + " is not a number of seconds.");
    }
    return Optional.of(value.longValue());
  }

  /** The carrier of a policy; empty where absent. */
  public Optional<JsonNode> releasePolicy() {
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

  /** Whether a member is not there, or null. */
  public static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
