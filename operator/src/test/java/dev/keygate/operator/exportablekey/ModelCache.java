package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.operator.exportablekey.ModelStore.Change;
import dev.keygate.operator.exportablekey.ModelStore.Kind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one process's informers have: each kind as it was at some time, behind the API server by as
 * many changes as have not been delivered, ahead of them only by what the process itself wrote.
 */
final class ModelCache {

  private final ModelStore store;
  private final Map<Kind, Map<ResourceID, HasMetadata>> seen = new EnumMap<>(Kind.class);
  private final Map<Kind, Integer> position = new EnumMap<>(Kind.class);

  /** Lists everything, as a process does when it starts. */
  ModelCache(ModelStore store) {
    this.store = store;
    for (Kind kind : Kind.values()) {
      seen.put(kind, store.snapshot(kind));
      position.put(kind, store.changes(kind).size());
    }
  }

  boolean isBehind(Kind kind) {
    return Objects.requireNonNull(position.get(kind)) < store.changes(kind).size();
  }

  /** What a delivery changed. */
  record Delivered(Change change, Optional<HasMetadata> before) {}

  Delivered deliver(Kind kind) {
    Change change =
        store.changes(kind).get(Objects.requireNonNull(position.merge(kind, 1, Integer::sum)) - 1);
    Map<ResourceID, HasMetadata> objects = of(kind);
    Optional<HasMetadata> before = Optional.ofNullable(objects.get(change.id()));
    if (change.isDeletion()) {
      objects.remove(change.id());
    } else if (before.isEmpty() || versionOf(before.get()) < versionOf(change.object())) {
      objects.put(change.id(), change.object());
    }
    return new Delivered(change, before);
  }

  /** The process's own write: the framework shows it to the next run. */
  void wrote(ExportableKey key) {
    of(Kind.KEY).computeIfPresent(ResourceID.fromResource(key), (id, before) -> key);
  }

  Optional<ExportableKey> key(ResourceID id) {
    return Optional.ofNullable((ExportableKey) of(Kind.KEY).get(id));
  }

  Optional<ReleasePolicy> policy(ResourceID id) {
    return Optional.ofNullable((ReleasePolicy) of(Kind.POLICY).get(id));
  }

  Optional<ConfigMap> grantOf(ResourceID key) {
    ResourceID id = new ResourceID(key.getName() + ".keygate", key.getNamespace().orElseThrow());
    return Optional.ofNullable((ConfigMap) of(Kind.GRANT).get(id));
  }

  List<ResourceID> keys() {
    return of(Kind.KEY).keySet().stream()
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  private Map<ResourceID, HasMetadata> of(Kind kind) {
    return Objects.requireNonNull(seen.get(kind));
  }

  private static long versionOf(HasMetadata object) {
    return Long.parseLong(object.getMetadata().getResourceVersion());
  }
}
