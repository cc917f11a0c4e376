package dev.keygate.scenarios.sequences;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An ExportableKey as the API server has it, with what belongs to it.
 *
 * @param object of the API
 * @param policy what its policy says; empty if there is no such policy
 * @param grant the text of its grant; empty if there is none
 */
record ObservedKey(JsonNode object, Optional<WrittenPolicy> policy, Optional<String> grant) {

  JsonNode spec() {
    return object.path("spec");
  }

  JsonNode status() {
    return object.path("status");
  }

  /** {@code namespace/name}. */
  String name() {
    return object.at("/metadata/namespace").asText() + "/" + object.at("/metadata/name").asText();
  }

  /** Its name in the vault. */
  String keyName() {
    return spec().path("keyName").asText();
  }

  private String uid() {
    return object.at("/metadata/uid").asText();
  }

  boolean isOfThisGeneration() {
    return status().path("observedGeneration").asLong()
        == object.at("/metadata/generation").asLong();
  }

  /** The reason of a condition, if that is True. */
  Optional<String> reasonOf(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asText().equals(type)
          && condition.path("status").asText().equals("True")) {
        return Optional.of(condition.path("reason").asText());
      }
    }
    return Optional.empty();
  }

  /** Whether the vault's key is this object's, as docs/decisions/0005 has it. */
  boolean owns(VaultRecord vault) {
    return uid().equals(vault.tags().get("keygate-owner-uid"));
  }

  /** Whether the vault's key is another object's. */
  boolean isDeniedBy(VaultRecord vault) {
    return !owns(vault) && !vault.tags().getOrDefault("keygate-owner", name()).equals(name());
  }

  /** The tags that its key has, and no others. */
  Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    spec()
        .path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    tags.put("keygate-owner", name());
    tags.put("keygate-owner-uid", uid());
    return tags;
  }
}
