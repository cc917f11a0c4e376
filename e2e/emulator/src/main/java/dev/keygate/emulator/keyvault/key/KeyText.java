package dev.keygate.emulator.keyvault.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A key with its material as JSON, for the state and for sealed copies. */
public final class KeyText {

  private KeyText() {}

  /** All of a key. */
  public static ObjectNode write(VaultKey key) {
    ObjectNode text = Json.object().put("name", key.name()).put("exportable", key.exportable());
    key.policy()
        .ifPresent(
            policy ->
                text.putObject("policy")
                    .put("text", policy.text())
                    .put("contentType", policy.contentType())
                    .put("immutable", policy.immutable()));
    key.deletedAt().ifPresent(at -> text.put("deletedAt", at));
    key.rotation().ifPresent(rotation -> text.set("rotation", RotationPolicyJson.write(rotation)));
    ArrayNode versions = text.putArray("versions");
    key.versions().forEach(version -> versions.add(write(version)));
    return text;
  }

  private static ObjectNode write(KeyVersion version) {
    ObjectNode text = Json.object().put("id", version.id());
    text.put("type", version.type().wireName());
    text.put("exported", Base64Text.standard(version.material().exported().toArray()));
    text.put("publicMembers", version.material().publicMembers());
    version.operations().forEach(text.putArray("operations")::add);
    KeyAttributes attributes = version.attributes();
    text.put("enabled", attributes.enabled());
    attributes.notBefore().ifPresent(seconds -> text.put("notBefore", seconds));
    attributes.expires().ifPresent(seconds -> text.put("expires", seconds));
    text.put("created", attributes.created()).put("updated", attributes.updated());
    version.tags().forEach(text.putObject("tags")::put);
    return text;
  }

  /**
   * The key that was written.
   *
   * @throws MalformedTextException if it was not written here
   */
  public static VaultKey read(JsonNode text) throws MalformedTextException {
    List<KeyVersion> versions = new ArrayList<>();
    for (JsonNode version : text.path("versions")) {
      versions.add(readVersion(version));
    }
    return new VaultKey(
        text.path("name").asText(),
        text.path("exportable").asBoolean(),
        text.has("policy") ? Optional.of(readPolicy(text.path("policy"))) : Optional.empty(),
        versions,
        seconds(text, "deletedAt"),
        text.has("rotation")
            ? Optional.of(RotationPolicyJson.read(text.path("rotation")))
            : Optional.empty());
  }

  private static StoredPolicy readPolicy(JsonNode text) throws MalformedTextException {
    try {
      return new StoredPolicy(
          PolicyParser.parse(text.path("text").asText()),
          text.path("contentType").asText(),
          text.path("immutable").asBoolean());
    } catch (PolicySyntaxException e) {
      throw new MalformedTextException("a release policy is expected");
    }
  }

  private static KeyVersion readVersion(JsonNode text) throws MalformedTextException {
    List<String> operations = new ArrayList<>();
    text.path("operations").forEach(operation -> operations.add(operation.asText()));
    Map<String, String> tags = new LinkedHashMap<>();
    text.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    Bytes exported = Bytes.copyOf(Base64Text.decode(text.path("exported").asText()));
    return new KeyVersion(
        text.path("id").asText(),
        KeyType.find(text.path("type").asText())
            .orElseThrow(() -> new MalformedTextException("a key type is expected")),
        new KeyMaterial(exported, text.path("publicMembers").asText()),
        operations,
        new KeyAttributes(
            text.path("enabled").asBoolean(),
            seconds(text, "notBefore"),
            seconds(text, "expires"),
            text.path("created").asLong(),
            text.path("updated").asLong()),
        tags);
  }

  private static Optional<Long> seconds(JsonNode text, String member) {
    return text.has(member) ? Optional.of(text.path(member).asLong()) : Optional.empty();
  }
}
