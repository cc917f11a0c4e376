package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.SemanticEquality;
import java.util.HashSet;
import java.util.Optional;
import java.util.StringJoiner;

/** How a key in the vault differs from the one that is desired. Pure. */
final class Drift {

  private final DesiredKey desired;
  private final VaultKey actual;

  Drift(DesiredKey desired, VaultKey actual) {
    this.desired = desired;
    this.actual = actual;
  }

  /** Whether the type, size or curve differ, which nothing can change. */
  boolean isOfAnotherShape() {
    return switch (desired.shape()) {
      case KeyShape.Oct wanted ->
          !(actual.shape() instanceof KeyShape.Oct found
              && found.kty().equals(wanted.kty())
              && (found.sizeBits().isEmpty() || found.sizeBits().equals(wanted.sizeBits())));
      case KeyShape.Rsa wanted -> !wanted.equals(actual.shape());
      case KeyShape.Ec wanted -> !wanted.equals(actual.shape());
    };
  }

  /**
   * Whether the vault decides by another policy. It writes a policy in a spelling of its own, so
   * texts are not compared; a policy that our parser does not read is another one.
   */
  boolean isPolicyDifferent() {
    Optional<VaultReleasePolicy> found = actual.recorded().releasePolicy();
    if (found.isEmpty()) {
      return true;
    }
    try {
      return !SemanticEquality.equal(desired.policy(), PolicyParser.parse(found.get().json()));
    } catch (PolicySyntaxException e) {
      return true;
    }
  }

  boolean isPolicyImmutable() {
    return actual
        .recorded()
        .releasePolicy()
        .filter(policy -> policy.mutability() == VaultReleasePolicy.Mutability.IMMUTABLE)
        .isPresent();
  }

  /** Whether the policy has still to be made immutable. */
  boolean isMutabilityDifferent() {
    return desired.vaultPolicy().mutability() == VaultReleasePolicy.Mutability.IMMUTABLE
        && !isPolicyImmutable();
  }

  /** What differs of operations, lifetime and tags; empty if nothing does. */
  String ofProperties() {
    KeyProperties target = targetProperties();
    StringJoiner differences = new StringJoiner(", ");
    if (!new HashSet<>(target.operations())
        .equals(new HashSet<>(actual.properties().operations()))) {
      differences.add("keyOperations");
    }
    if (!target.lifetime().equals(actual.properties().lifetime())) {
      differences.add("attributes");
    }
    if (!target.tags().equals(actual.properties().tags())) {
      differences.add("tags");
    }
    return differences.toString();
  }

  /**
   * What to write. A disabled key is enabled only once its policy is in sync: until then it could
   * be released under the earlier one.
   */
  KeyProperties targetProperties() {
    KeyLifetime found = actual.properties().lifetime();
    KeyLifetime wanted = desired.lifetime();
    boolean isEnabled = wanted.enabled() && (found.enabled() || !isPolicyDifferent());
    return new KeyProperties(
        desired.operations(),
        new KeyLifetime(
            isEnabled,
            wanted.notBefore().or(found::notBefore),
            wanted.expires().or(found::expires)),
        desired.tags());
  }
}
