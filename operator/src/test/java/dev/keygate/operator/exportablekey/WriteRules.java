package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.Adoption;
import dev.keygate.api.v1alpha1.DeletionMode;
import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.api.v1alpha1.SoftDeletedName;
import dev.keygate.azure.http.Call;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.StoredPolicy;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.SemanticEquality;
import java.util.HashSet;
import java.util.Optional;

/**
 * What every write to a vault obeys, judged by the vault's own records: it changes something, it is
 * about a key that the object may change, and it says what the object asked for.
 *
 * @param key the object as the run saw it
 * @param policy the policy as the run saw it
 * @param isHeld whether the object in the API server has a finalizer, or is on its way out
 * @param isAlone whether nobody but the operator has changed the vault since the run began
 */
record WriteRules(
    ExportableKey key, Optional<ReleasePolicyDocument> policy, boolean isHeld, boolean isAlone) {

  /** The rule that a call breaks; empty if none. */
  Optional<String> broken(Call call, Optional<VaultKey> before, Optional<VaultKey> after) {
    String path = call.uri().getPath();
    return switch (call.method()) {
      case GET -> Optional.empty();
      case POST ->
          path.endsWith("/create")
              ? created(before, after)
              : path.endsWith("/recover") ? recovered(before) : unexpected(call);
      case PATCH -> changed(before.orElseThrow(), after.orElseThrow());
      case DELETE -> path.startsWith("/keys/") ? deleted(before) : unexpected(call);
      case PUT -> unexpected(call);
    };
  }

  private static Optional<String> unexpected(Call call) {
    return Optional.of("the operator has nothing to do with " + call);
  }

  private Optional<String> created(Optional<VaultKey> before, Optional<VaultKey> after) {
    if (before.isPresent() && isAlone) {
      return Optional.of("a key that is there is created again");
    }
    if (spec().deletion() == DeletionMode.SoftDelete && !isHeld) {
      return Optional.of("a key is made before the finalizer that stands for its deletion");
    }
    return wrongPolicy(after.orElseThrow());
  }

  private Optional<String> recovered(Optional<VaultKey> before) {
    ModelClaim claim = claim(before.orElseThrow());
    boolean isAllowed =
        claim == ModelClaim.OURS
            || (claim == ModelClaim.FREE && spec().adoption() == Adoption.IfExportable);
    return isAlone && !(isAllowed && spec().softDeletedName() == SoftDeletedName.Recover)
        ? Optional.of("a key is recovered that may not be")
        : Optional.empty();
  }

  private Optional<String> deleted(Optional<VaultKey> before) {
    boolean isAsked = key.isMarkedForDeletion() && spec().deletion() == DeletionMode.SoftDelete;
    if (!isAsked) {
      return Optional.of("a key is deleted that nobody asked to delete");
    }
    return isAlone && claim(before.orElseThrow()) != ModelClaim.OURS
        ? Optional.of("a key is deleted that is not this object's")
        : Optional.empty();
  }

  private Optional<String> changed(VaultKey before, VaultKey after) {
    if (isAlone && isSame(before, after)) {
      return Optional.of("what is there is written again");
    }
    if (isAlone && !mayChange(before)) {
      return Optional.of("a key is changed that is not this object's");
    }
    if (isAlone && isEnabling(before, after) && wrongPolicy(before).isPresent()) {
      return Optional.of("a key is enabled under another policy");
    }
    boolean isPolicyWritten =
        !before.policy().map(StoredPolicy::text).equals(after.policy().map(StoredPolicy::text));
    return isPolicyWritten ? wrongPolicy(after) : Optional.empty();
  }

  private Optional<String> wrongPolicy(VaultKey found) {
    boolean isRight =
        policy.isPresent()
            && found
                .policy()
                .filter(p -> SemanticEquality.equal(p.document(), policy.get()))
                .isPresent();
    return isRight ? Optional.empty() : Optional.of("the vault has another policy than the spec");
  }

  private boolean mayChange(VaultKey before) {
    if (!before.exportable() || before.deletedAt().isPresent()) {
      return false;
    }
    return switch (claim(before)) {
      case OURS -> true;
      case ANOTHERS -> false;
      case FREE ->
          spec().adoption() == Adoption.IfExportable
              || before.versions().stream()
                  .anyMatch(version -> ModelClaim.of(key, version.tags()) == ModelClaim.OURS);
    };
  }

  private static boolean isEnabling(VaultKey before, VaultKey after) {
    return !before.current().attributes().enabled() && after.current().attributes().enabled();
  }

  private static boolean isSame(VaultKey before, VaultKey after) {
    return isSame(before.current(), after.current())
        && before.policy().isPresent()
        && after.policy().isPresent()
        && before.policy().get().immutable() == after.policy().get().immutable()
        && SemanticEquality.equal(
            before.policy().get().document(), after.policy().get().document());
  }

  private static boolean isSame(KeyVersion one, KeyVersion other) {
    return one.id().equals(other.id())
        && one.tags().equals(other.tags())
        && new HashSet<>(one.operations()).equals(new HashSet<>(other.operations()))
        && one.attributes().enabled() == other.attributes().enabled()
        && one.attributes().notBefore().equals(other.attributes().notBefore())
        && one.attributes().expires().equals(other.attributes().expires());
  }

  private ModelClaim claim(VaultKey found) {
    return ModelClaim.of(key, found.current().tags());
  }

  private ExportableKeySpec spec() {
    return key.getSpec();
  }
}
