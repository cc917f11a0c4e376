package dev.keygate.sidecar.release;

import dev.keygate.endpoint.KeyVersion;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Under which policy what is held was released. Under another one it has to be released again: the
 * new policy may not admit this machine. Not safe for use by several threads.
 */
final class ReleasedPolicies {

  private final Map<String, Map<KeyVersion, Optional<ReleasePolicyDocument>>> byName =
      new HashMap<>();

  /** Takes note of a release. */
  void put(String name, KeyVersion version, Optional<ReleasePolicyDocument> policy) {
    byName.computeIfAbsent(name, _ -> new HashMap<>()).put(version, policy);
  }

  /** Forgets the versions that are held no longer. */
  void retain(String name, Predicate<KeyVersion> isHeld) {
    byName.getOrDefault(name, new HashMap<>()).keySet().removeIf(isHeld.negate());
  }

  /** Forgets a key that is held no longer. */
  void forget(String name) {
    byName.remove(name);
  }

  /** Whether a version was released under this policy. */
  boolean isReleasedUnder(String name, KeyVersion version, Optional<ReleasePolicyDocument> policy) {
    return policy.equals(byName.getOrDefault(name, Map.of()).get(version));
  }

  /** Whether something of a key was released under another policy than this. */
  boolean isOutdated(String name, Optional<ReleasePolicyDocument> policy) {
    return byName.getOrDefault(name, Map.of()).values().stream().anyMatch(p -> !p.equals(policy));
  }
}
