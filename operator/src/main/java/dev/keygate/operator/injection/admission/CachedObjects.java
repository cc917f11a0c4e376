package dev.keygate.operator.injection.admission;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.operator.cache.AccountCache;
import dev.keygate.operator.cache.PrimaryCache;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Optional;

/** What the watches have seen, which may be a moment behind. */
public record CachedObjects(
    PrimaryCache<ExportableKey> keys, PrimaryCache<ReleasePolicy> policies, AccountCache accounts)
    implements ObjectLookup {

  @Override
  public Optional<ExportableKey> key(String namespace, String name) {
    return keys.find(namespace, name);
  }

  @Override
  public Optional<ReleasePolicy> policy(String namespace, String name) {
    return policies.find(namespace, name);
  }

  @Override
  public Optional<ServiceAccount> account(String namespace, String name) {
    return accounts.find(namespace, name);
  }
}
