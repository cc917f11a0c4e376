package dev.keygate.sidecar.release;

import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.Optional;

/**
 * One release that is due.
 *
 * @param name what the pod calls the key
 * @param key the pinned key, at a version or, without one, at its current version
 * @param policy the key's release policy, if it is known here
 */
public record KeyTarget(String name, KeyIdentifier key, Optional<ReleasePolicyDocument> policy) {

  /** The same, as if no policy were known. */
  KeyTarget withoutPolicy() {
    return new KeyTarget(name, key, Optional.empty());
  }
}
