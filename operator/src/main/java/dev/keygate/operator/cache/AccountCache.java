package dev.keygate.operator.cache;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The service accounts of the watched namespaces. Safe for use by several threads. */
public final class AccountCache implements AutoCloseable {

  private final List<SharedIndexInformer<ServiceAccount>> informers;

  private AccountCache(List<SharedIndexInformer<ServiceAccount>> informers) {
    this.informers = informers;
  }

  /**
   * Watches, and returns when the cache holds what the API server has.
   *
   * @param namespaces all of them if empty
   */
  public static AccountCache watch(KubernetesClient client, Set<String> namespaces) {
    return new AccountCache(
        namespaces.isEmpty()
            ? List.of(client.serviceAccounts().inAnyNamespace().inform())
            : namespaces.stream()
                .map(name -> client.serviceAccounts().inNamespace(name).inform())
                .toList());
  }

  /** The account, if it has been seen. */
  public Optional<ServiceAccount> find(String namespace, String name) {
    String key = Cache.namespaceKeyFunc(namespace, name);
    return informers.stream()
        .map(informer -> informer.getIndexer().getByKey(key))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Whether every watch is alive. */
  public boolean isWatching() {
    return informers.stream().allMatch(SharedIndexInformer::isRunning);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }
}
