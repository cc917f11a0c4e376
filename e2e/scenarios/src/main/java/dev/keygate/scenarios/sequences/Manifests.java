package dev.keygate.scenarios.sequences;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Manifests that users write, with few values for each field, so that they meet. */
final class Manifests {

  /** Says on a policy which of the {@link WrittenPolicy} it is. */
  static final String WRITTEN = "sequences.example/written";

  /** The names of policies in every namespace. */
  static final List<String> POLICIES = List.of("cvm", "cvm-strict");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random;

  Manifests(Random random) {
    this.random = random;
  }

  /** A policy of this content. */
  static ObjectNode policy(String namespace, String name, WrittenPolicy written) {
    ObjectNode policy = object("ReleasePolicy", namespace, name);
    policy.withObject("/metadata").putObject("annotations").put(WRITTEN, written.name());
    policy.putObject("spec").set("grammar", read(written.grammar()));
    return policy;
  }

  /**
   * A key, with random values where they may change.
   *
   * @param keyName its name in the vault
   */
  ObjectNode key(String namespace, String name, String keyName) {
    ObjectNode key = object("ExportableKey", namespace, name);
    ObjectNode spec = key.putObject("spec");
    spec.putObject("vault").put("url", "https://" + VaultHand.HOST);
    spec.put("keyName", keyName).put("keyType", "EC-HSM").put("curve", "P-256");
    spec.putObject("releasePolicyRef").put("name", pick(POLICIES));
    spec.put("adoption", pick(List.of("Never", "IfExportable")));
    spec.put("softDeletedName", pick(List.of("Refuse", "Recover")));
    spec.put("deletion", pick(List.of("Retain", "SoftDelete")));
    if (random.nextBoolean()) {
      spec.putObject("tags").put("team", pick(List.of("orders", "billing")));
    }
    if (random.nextBoolean()) {
      spec.putArray("keyOperations").add("sign").add("verify");
    }
    if (random.nextInt(4) == 0) {
      spec.putObject("attributes").put("enabled", random.nextBoolean());
    }
    return key;
  }

  private static ObjectNode object(String kind, String namespace, String name) {
    ObjectNode object = JSON.createObjectNode();
    object.put("apiVersion", "keygate.dev/v1alpha1").put("kind", kind);
    object.putObject("metadata").put("namespace", namespace).put("name", name);
    return object;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest of the sequences is malformed", e);
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
