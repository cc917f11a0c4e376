package dev.keygate.operator.exportablekey;

import dev.keygate.api.compile.PolicyCompiler;
import dev.keygate.api.v1alpha1.Adoption;
import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.api.v1alpha1.KeyAttributes;
import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.api.v1alpha1.PolicyImmutability;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.api.v1alpha1.SoftDeletedName;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantFormatException;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.SemanticEquality;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a key's status has to say once nothing happens any more, worked out from the records of the
 * vaults and of the API server without the code under test.
 */
final class ModelTruth {

  private final ModelStore store;
  private final ModelVaults vaults;
  private final ExportableKey key;
  private final ExportableKeySpec spec;
  private final String host;
  private final Optional<VaultKey> found;

  ModelTruth(ModelStore store, ModelVaults vaults, ExportableKey key) {
    this.store = store;
    this.vaults = vaults;
    this.key = key;
    this.spec = key.getSpec();
    try {
      this.host = VaultHost.parse(spec.vault().url()).hostName();
    } catch (EndpointFormatException e) {
      throw new IllegalStateException(e);
    }
    this.found =
        vaults.truth(host, Objects.requireNonNullElse(spec.keyName(), key.getMetadata().getName()));
  }

  /** The key in the vault, a deleted one too. */
  Optional<VaultKey> found() {
    return found;
  }

  /** What is wrong; empty if nothing is. */
  Optional<String> wrong() {
    ExportableKeyStatus status = key.getStatus();
    if (status == null) {
      return Optional.of("it has no status");
    }
    if (key.isMarkedForDeletion()) {
      return isForbidden() && isStalled(status, "NotAuthorized")
          ? Optional.empty()
          : Optional.of("its deletion does not end: " + status.conditions());
    }
    if (!Objects.equals(status.observedGeneration(), key.getMetadata().getGeneration())) {
      return Optional.of("its status is of an earlier generation");
    }
    if (isForbidden() && isStalled(status, "NotAuthorized")) {
      return Optional.empty();
    }
    Optional<String> reason = refusal();
    if (reason.isPresent()) {
      return isStalled(status, reason.get())
          ? Optional.empty()
          : Optional.of("it should be stalled by " + reason.get() + ": " + status.conditions());
    }
    return differences(status);
  }

  private boolean isForbidden() {
    return !vaults.permitted(host).containsAll(ModelVaults.ROLE);
  }

  private static boolean isStalled(ExportableKeyStatus status, String reason) {
    return Conditions.find(status.conditions(), ConditionType.Stalled)
        .map(Condition::reason)
        .filter(reason::equals)
        .isPresent();
  }

  /** Why nothing can be done; in the order of what comes first. */
  private Optional<String> refusal() {
    Optional<ReleasePolicy> policy = policy();
    if (policy.isEmpty()) {
      return Optional.of("PolicyNotFound");
    }
    if (document().isEmpty()) {
      return Optional.of("PolicyNotAccepted");
    }
    return found.isEmpty() ? Optional.empty() : refusalBy(found.get());
  }

  private Optional<String> refusalBy(VaultKey actual) {
    ModelClaim claim = ModelClaim.of(key, actual.current().tags());
    boolean isAdopted = claim == ModelClaim.FREE && spec.adoption() == Adoption.IfExportable;
    if (actual.deletedAt().isPresent()) {
      boolean isRecovered =
          spec.softDeletedName() == SoftDeletedName.Recover
              && (claim == ModelClaim.OURS || isAdopted);
      return isRecovered ? Optional.empty() : Optional.of("KeySoftDeleted");
    }
    if (claim == ModelClaim.ANOTHERS) {
      return Optional.of("KeyExists");
    }
    if (!actual.exportable()) {
      return Optional.of("KeyNotExportable");
    }
    if (!isShape(actual.current())) {
      return Optional.of("KeyMismatch");
    }
    if (claim == ModelClaim.FREE && !isAdopted) {
      return Optional.of("KeyExists");
    }
    boolean isFixed = actual.policy().filter(policy -> policy.immutable()).isPresent();
    return isFixed && !isPolicy(actual) ? Optional.of("PolicyImmutable") : Optional.empty();
  }

  private boolean isShape(KeyVersion version) {
    if (!version.type().wireName().equals(spec.keyType().wireName())) {
      return false;
    }
    return switch (spec.keyType()) {
      case EC_HSM ->
          version
              .material()
              .members()
              .path("crv")
              .asText()
              .equals(Objects.requireNonNull(spec.curve()).wireName());
      // A Managed HSM does not tell the size of a symmetric key.
      case RSA_HSM, OCT_HSM -> true;
    };
  }

  private boolean isPolicy(VaultKey actual) {
    return actual.policy().isPresent()
        && SemanticEquality.equal(actual.policy().get().document(), document().orElseThrow());
  }

  private Optional<String> differences(ExportableKeyStatus status) {
    if (found.isEmpty() || found.get().deletedAt().isPresent()) {
      return Optional.of("there is no key, and no condition says why: " + status.conditions());
    }
    VaultKey actual = found.get();
    KeyVersion current = actual.current();
    KeyAttributes attributes =
        Objects.requireNonNullElse(spec.attributes(), new KeyAttributes(true, null, null));
    Set<String> differing = new HashSet<>();
    expect(isPolicy(actual), "policy", differing);
    expect(
        spec.policyImmutability() == PolicyImmutability.Mutable
            || actual.policy().orElseThrow().immutable(),
        "immutability",
        differing);
    expect(current.attributes().enabled() == attributes.enabled(), "enabled", differing);
    expect(
        isTime(attributes.notBefore(), current.attributes().notBefore()), "notBefore", differing);
    expect(isTime(attributes.expires(), current.attributes().expires()), "expires", differing);
    expect(ModelClaim.tags(key).equals(current.tags()), "tags", differing);
    expect(operations().equals(new HashSet<>(current.operations())), "keyOperations", differing);
    expect(current.id().equals(status.currentVersion()), "currentVersion", differing);
    expect(
        PolicyDigest.of(document().orElseThrow()).value().equals(status.policyDigest()),
        "policyDigest",
        differing);
    expect(
        Conditions.find(status.conditions(), ConditionType.Ready)
            .filter(ready -> ready.status() == ConditionStatus.True)
            .map(Condition::reason)
            .filter((attributes.enabled() ? "Ready" : "DisabledBySpec")::equals)
            .isPresent(),
        "Ready",
        differing);
    expect(
        Conditions.find(status.conditions(), ConditionType.Reconciling).isEmpty()
            && Conditions.find(status.conditions(), ConditionType.Stalled).isEmpty(),
        "Reconciling or Stalled",
        differing);
    grantIsTrue(actual).ifPresent(differing::add);
    return differing.isEmpty()
        ? Optional.empty()
        : Optional.of("the vault differs in " + differing + ": " + status.conditions());
  }

  private static void expect(boolean holds, String name, Set<String> differing) {
    if (!holds) {
      differing.add(name);
    }
  }

  private static boolean isTime(@Nullable ZonedDateTime wanted, Optional<Long> found) {
    return wanted == null || found.filter(s -> s == wanted.toEpochSecond()).isPresent();
  }

  private Set<String> operations() {
    Set<String> named = new HashSet<>();
    spec.keyOperations().forEach(operation -> named.add(operation.wireName()));
    return named.isEmpty()
        ? new HashSet<>(found.orElseThrow().current().type().defaultOperations())
        : named;
  }

  private Optional<String> grantIsTrue(VaultKey actual) {
    ResourceID id =
        new ResourceID(key.getMetadata().getName() + ".keygate", key.getMetadata().getNamespace());
    Optional<ConfigMap> map = store.grant(id);
    if (map.isEmpty()) {
      return store.isTerminating(key.getMetadata().getNamespace())
          ? Optional.empty()
          : Optional.of("grant (missing)");
    }
    try {
      Grant grant = GrantJson.parse(String.valueOf(map.get().getData().get("grant.json")));
      boolean isTrue =
          grant.currentVersion().value().equals(actual.current().id())
              && grant.policyDigest().equals(PolicyDigest.of(document().orElseThrow()))
              && grant.keyIdentifier().toString().equals(key.getStatus().keyId())
              && served(grant).equals(served(key.getStatus()))
              && grant.versions().stream().allMatch(version -> isServed(version, actual));
      return isTrue ? Optional.empty() : Optional.of("grant " + grant.versions());
    } catch (GrantFormatException e) {
      return Optional.of("grant (malformed)");
    }
  }

  private static Map<String, String> served(Grant grant) {
    return grant.versions().stream()
        .collect(Collectors.toMap(each -> each.version().value(), each -> each.state().name()));
  }

  private static Map<String, String> served(ExportableKeyStatus status) {
    return status.versions().stream()
        .filter(each -> each.state() != KeyVersionState.Retired)
        .collect(Collectors.toMap(KeyVersionStatus::version, each -> each.state().name()));
  }

  private static boolean isServed(GrantedVersion granted, VaultKey actual) {
    return granted.version().value().equals(actual.current().id())
        || actual
            .version(granted.version().value())
            .filter(version -> version.attributes().enabled())
            .isPresent();
  }

  private Optional<ReleasePolicy> policy() {
    return store.policy(
        new ResourceID(spec.releasePolicyRef().name(), key.getMetadata().getNamespace()));
  }

  private Optional<ReleasePolicyDocument> document() {
    return policy().flatMap(policy -> compile(policy));
  }

  /** A policy as a vault would get it; empty if it is not accepted. */
  static Optional<ReleasePolicyDocument> compile(ReleasePolicy policy) {
    try {
      return Optional.of(PolicyCompiler.compile(policy.getSpec()));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }
}
