package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One run's view of the API server: what the caches have, and writes that may fail. */
final class ModelCluster implements KeyCluster {

  private final ModelStore store;
  private final ModelCache cache;
  private final ModelTrouble trouble;
  private final ExportableKey key;
  private final ResourceID id;
  private Optional<ReleasePolicy> seenPolicy = Optional.empty();
  private Consumer<ExportableKey> statuses = applied -> {};
  private Runnable releases = () -> {};

  ModelCluster(ModelStore store, ModelCache cache, ModelTrouble trouble, ExportableKey key) {
    this.store = store;
    this.cache = cache;
    this.trouble = trouble;
    this.key = key;
    this.id = ResourceID.fromResource(key);
  }

  /** Who is shown every status before it is written. */
  void showStatusesTo(Consumer<ExportableKey> witness) {
    statuses = witness;
  }

  /** Who is told before a finalizer is removed. */
  void showReleasesTo(Runnable witness) {
    releases = witness;
  }

  /** The policy that this run has read. */
  Optional<ReleasePolicy> seenPolicy() {
    return seenPolicy;
  }

  @Override
  public Optional<ReleasePolicy> policy() {
    trouble.beforeCall();
    seenPolicy =
        cache.policy(
            new ResourceID(
                key.getSpec().releasePolicyRef().name(), id.getNamespace().orElseThrow()));
    return seenPolicy;
  }

  @Override
  public Optional<ConfigMap> grant() {
    trouble.beforeCall();
    return cache.grantOf(id);
  }

  @Override
  public void addFinalizer(String name) {
    write(() -> store.addFinalizer(id, name)).ifPresent(cache::wrote);
  }

  @Override
  public void removeFinalizer(String name) {
    releases.run();
    write(() -> store.removeFinalizer(id, name)).ifPresent(cache::wrote);
  }

  @Override
  public void applyGrant(ConfigMap desired) {
    write(
        () -> {
          store.applyGrant(desired);
          return desired;
        });
  }

  @Override
  public void applyStatus(ExportableKey applied) {
    statuses.accept(applied);
    cache.wrote(write(() -> store.applyStatus(applied)));
  }

  private <T> T write(Supplier<T> action) {
    trouble.beforeCall();
    ModelTrouble.ApiFault fault = trouble.apiFault();
    if (fault == ModelTrouble.ApiFault.REQUEST_LOST) {
      throw ModelStore.failure(500, "the request was lost");
    }
    T result = action.get();
    trouble.mayCrash();
    if (fault == ModelTrouble.ApiFault.ANSWER_LOST) {
      throw ModelStore.failure(500, "the answer was lost");
    }
    return result;
  }
}
