package dev.keygate.operator.injection.pod;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.operator.config.InjectionSettings;
import java.util.List;

/**
 * All that is pinned in one pod.
 *
 * @param keys every key that a container of the pod has
 * @param authorities those of the keys' release policies, each once, in their order
 * @param containers the containers that have keys, in the order of the pod
 * @param delivery how all of them get their keys
 * @param identity who the sidecar is towards Entra
 * @param settings the same for every pod
 */
public record InjectionPlan(
    List<PinnedKey> keys,
    List<AuthorityEndpoint> authorities,
    List<ContainerKeys> containers,
    Delivery delivery,
    PodIdentity identity,
    InjectionSettings settings) {

  /** Copies the lists. */
  public InjectionPlan {
    keys = List.copyOf(keys);
    authorities = List.copyOf(authorities);
    containers = List.copyOf(containers);
  }

  boolean givesKeysTo(String container) {
    return containers.stream().anyMatch(given -> given.container().equals(container));
  }
}
