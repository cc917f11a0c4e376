package dev.keygate.operator.injection.admission;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What the API server has at this moment. */
public record LiveObjects(KubernetesClient client) implements ObjectLookup {

  @Override
  public Optional<ExportableKey> key(String namespace, String name) throws LookupFailedException {
    return get(ExportableKey.class, namespace, name);
  }

  @Override
  public Optional<ReleasePolicy> policy(String namespace, String name)
      throws LookupFailedException {
    return get(ReleasePolicy.class, namespace, name);
  }

  @Override
  public Optional<ServiceAccount> account(String namespace, String name)
      throws LookupFailedException {
    return get(ServiceAccount.class, namespace, name);
  }

  private <T extends HasMetadata> Optional<T> get(Class<T> kind, String namespace, String name)
      throws LookupFailedException {
    try {
      return Optional.ofNullable(
          client.resources(kind).inNamespace(namespace).withName(name).get());
    } catch (KubernetesClientException e) {
      throw new LookupFailedException(
          "the API server did not tell whether there is a "
              + kind.getSimpleName()
              + " "
              + name
              + " in the namespace "
              + namespace
              + " (status "
              + e.getCode()
              + "): try again",
          e);
    }
  }
}
