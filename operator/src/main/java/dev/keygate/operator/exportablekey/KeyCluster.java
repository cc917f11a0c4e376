package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * What a run reads and writes in Kubernetes for one ExportableKey. What is read may be older than
 * what the API server has; what is written is confirmed by it.
 *
 * <p>Every method that writes throws {@link KubernetesClientException} if the API server did not
 * confirm, which includes that it did write and the answer was lost.
 */
interface KeyCluster {

  /** The policy that the object refers to. */
  Optional<ReleasePolicy> policy();

  /** The object's grant. */
  Optional<ConfigMap> grant();

  /**
   * Adds a finalizer to the object; nothing happens where it is there, or to an object that goes.
   */
  void addFinalizer(String name);

  /** Removes a finalizer from the object; nothing happens where it is not there. */
  void removeFinalizer(String name);

  /** Applies the grant server-side: all of it that is the operator's. */
  void applyGrant(ConfigMap desired);

  /**
   * Applies the object's status server-side.
   *
   * @param applied the object's identity and the status, no more
   */
  void applyStatus(ExportableKey applied);
}
