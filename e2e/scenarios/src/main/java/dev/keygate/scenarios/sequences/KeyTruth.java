package dev.keygate.scenarios.sequences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantFormatException;
import dev.keygate.contract.GrantJson;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.SemanticEquality;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be true of a key once nothing happens any more: the vault is what the spec says, or
 * the object is stalled by the reason that the records give. Pure.
 */
final class KeyTruth {

  /** What a vault allows an EC key that nobody has said anything about. */
  private static final Set<String> ALL_OF_EC = Set.of("sign", "verify");

  private final ObservedKey key;
  private final VaultRecord vault;

  KeyTruth(ObservedKey key, VaultRecord vault) {
    this.key = key;
    this.vault = vault;
  }

  /** What is wrong, in a sentence; empty if nothing is. */
  Optional<String> wrong() {
    if (key.object().at("/metadata").has("deletionTimestamp")) {
      return Optional.of("its deletion does not end");
    }
    if (!key.isOfThisGeneration()) {
      return Optional.of("its status is of an earlier generation");
    }
    Optional<String> reason = obstacle();
    if (reason.isPresent()) {
      return key.reasonOf("Stalled").equals(reason)
          ? Optional.empty()
          : Optional.of("it should be stalled by " + reason.get() + ": " + conditions());
    }
    if (vault.current().isEmpty()) {
      return Optional.of("there is no key and no condition says why: " + conditions());
    }
    List<String> differing = differences(vault.current().get());
    return differing.isEmpty()
        ? Optional.empty()
        : Optional.of("what differs is " + differing + ": " + conditions());
  }

  private JsonNode conditions() {
    return key.status().path("conditions");
  }

  /** Why nothing can be done, in the order of what comes first. */
  private Optional<String> obstacle() {
    if (key.policy().isEmpty()) {
      return Optional.of("PolicyNotFound");
    }
    if (!key.policy().get().isAccepted()) {
      return Optional.of("PolicyNotAccepted");
    }
    if (!vault.exists() || key.owns(vault)) {
      return vault.deleted().isPresent() && !says("softDeletedName", "Recover")
          ? Optional.of("KeySoftDeleted")
          : Optional.empty();
    }
    boolean isAdopted = !key.isDeniedBy(vault) && says("adoption", "IfExportable");
    if (vault.deleted().isPresent()) {
      return isAdopted && says("softDeletedName", "Recover")
          ? Optional.empty()
          : Optional.of("KeySoftDeleted");
    }
    return isAdopted ? Optional.empty() : Optional.of("KeyExists");
  }

  private boolean says(String field, String value) {
    return key.spec().path(field).asText().equals(value);
  }

  private List<String> differences(VaultKey found) {
    boolean isEnabled = key.spec().at("/attributes/enabled").asBoolean(true);
    String version = found.id().version().orElseThrow().value();
    List<String> differing = new ArrayList<>();
    expect(isPolicy(found), "policy", differing);
    expect(found.properties().lifetime().enabled() == isEnabled, "enabled", differing);
    expect(found.properties().tags().equals(key.tags()), "tags", differing);
    expect(
        operations().equals(Set.copyOf(found.properties().operations())), "operations", differing);
    expect(
        version.equals(key.status().path("currentVersion").asText()), "currentVersion", differing);
    expect(
        key.reasonOf("Ready").equals(Optional.of(isEnabled ? "Ready" : "DisabledBySpec")),
        "Ready",
        differing);
    expect(
        key.reasonOf("Reconciling").isEmpty() && key.reasonOf("Stalled").isEmpty(),
        "Reconciling or Stalled",
        differing);
    expect(isGranted(version), "grant", differing);
    return differing;
  }

  private static void expect(boolean holds, String name, List<String> differing) {
    if (!holds) {
      differing.add(name);
    }
  }

  private boolean isPolicy(VaultKey found) {
    try {
      return found.recorded().releasePolicy().isPresent()
          && SemanticEquality.equal(
              PolicyParser.parse(found.recorded().releasePolicy().get().json()), document());
    } catch (PolicySyntaxException e) {
      return false;
    }
  }

  private ReleasePolicyDocument document() {
    return key.policy().orElseThrow().document();
  }

  private Set<String> operations() {
    Set<String> named = new HashSet<>();
    key.spec().path("keyOperations").forEach(operation -> named.add(operation.asText()));
    return named.isEmpty() ? ALL_OF_EC : named;
  }

  private boolean isGranted(String version) {
    if (key.grant().isEmpty()) {
      return false;
    }
    try {
      Grant grant = GrantJson.parse(key.grant().get());
      return grant.currentVersion().value().equals(version)
          && grant.policyDigest().equals(PolicyDigest.of(document()))
          && grant.keyIdentifier().toString().equals(key.status().path("keyId").asText());
    } catch (GrantFormatException e) {
      return false;
    }
  }
}
