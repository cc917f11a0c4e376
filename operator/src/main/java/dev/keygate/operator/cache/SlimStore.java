package dev.keygate.operator.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;

/**
 * What a watch has seen, without who owns which field: only the API server reads that. For one
 * watch: one that another one fills as well would lose objects.
 */
public final class SlimStore<R extends HasMetadata> extends BasicItemStore<R> {

  /** An empty one. */
  public SlimStore() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public R put(String key, R object) {
    object.getMetadata().setManagedFields(null);
    return super.put(key, object);
  }
}
