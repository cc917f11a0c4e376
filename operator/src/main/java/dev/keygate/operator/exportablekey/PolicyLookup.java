package dev.keygate.operator.exportablekey;

import dev.keygate.api.compile.PolicyCompiler;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.failure.RefusedException;
import java.util.Optional;

/**
 * Reads the policy that a key refers to. It is compiled from the spec, not taken from the status:
 * who may write statuses shall not decide who gets a key.
 */
final class PolicyLookup {

  private PolicyLookup() {}

  static PolicyReference of(String name, Optional<ReleasePolicy> policy) {
    if (policy.isEmpty()) {
      return new PolicyReference.Missing(name);
    }
    try {
      return new PolicyReference.Found(PolicyCompiler.compile(policy.get().getSpec()));
    } catch (RefusedException e) {
      return new PolicyReference.NotAccepted(name, String.valueOf(e.getMessage()));
    }
  }
}
