package dev.keygate.operator.injection;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Map;
import java.util.Optional;

/**
 * The objects that a pod refers to, as they were found.
 *
 * @param keys by name; a name that is not in here was not looked up and counts as unknown
 * @param account the pod's service account
 */
public record ReferredObjects(Map<String, ResolvedKey> keys, Optional<ServiceAccount> account) {

  /** Nothing: enough for a decision that follows from the pod alone. */
  public static final ReferredObjects NONE = new ReferredObjects(Map.of(), Optional.empty());

  /** Copies the map. */
  public ReferredObjects {
    keys = Map.copyOf(keys);
  }

  ResolvedKey key(String name) {
    return keys.getOrDefault(name, new ResolvedKey.Unknown());
  }
}
