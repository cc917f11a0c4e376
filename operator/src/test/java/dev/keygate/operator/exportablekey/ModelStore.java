package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.api.v1alpha1.ReleasePolicySpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API server as far as the operator meets it: resource versions, generations, finalizers, the
 * status subresource, server-side apply of what one manager owns, garbage collection by owner, and
 * a watch per kind that shows every change in order. Objects in it are never changed in place.
 */
final class ModelStore {

  enum Kind {
    KEY,
    POLICY,
    GRANT
  }

  /** A change as a watch shows it. */
  record Change(Kind kind, ResourceID id, HasMetadata object, boolean isDeletion) {}

  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;

  private final Map<Kind, Map<String, HasMetadata>> objects = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Change>> log = new EnumMap<>(Kind.class);
  private final Set<String> terminating = new HashSet<>();
  private long version;
  private long uids;

  ModelStore() {
    for (Kind kind : Kind.values()) {
      objects.put(kind, new TreeMap<>());
      log.put(kind, new ArrayList<>());
    }
  }

  /** How often anything was written. */
  long version() {
    return version;
  }

  List<Change> changes(Kind kind) {
    return Objects.requireNonNull(log.get(kind));
  }

  private Map<String, HasMetadata> of(Kind kind) {
    return Objects.requireNonNull(objects.get(kind));
  }

  List<HasMetadata> all(Kind kind) {
    return List.copyOf(of(kind).values());
  }

  Optional<ExportableKey> key(ResourceID id) {
    return Optional.ofNullable((ExportableKey) of(Kind.KEY).get(text(id)));
  }

  Optional<ReleasePolicy> policy(ResourceID id) {
    return Optional.ofNullable((ReleasePolicy) of(Kind.POLICY).get(text(id)));
  }

  Optional<ConfigMap> grant(ResourceID id) {
    return Optional.ofNullable((ConfigMap) of(Kind.GRANT).get(text(id)));
  }

  void create(ResourceID id, ExportableKeySpec spec) {
    ExportableKey key = new ExportableKey();
    key.setMetadata(newMetadata(id));
    key.setSpec(spec);
    put(Kind.KEY, id, key);
  }

  void edit(ResourceID id, ExportableKeySpec spec) {
    key(id)
        .filter(key -> !key.getSpec().equals(spec))
        .ifPresent(
            key -> {
              ExportableKey edited = copy(key, m -> m.setGeneration(m.getGeneration() + 1));
              edited.setSpec(spec);
              put(Kind.KEY, id, edited);
            });
  }

  void apply(ResourceID id, ReleasePolicySpec spec) {
    ReleasePolicy policy = new ReleasePolicy();
    Optional<ReleasePolicy> before = policy(id);
    policy.setMetadata(
        before.isPresent()
            ? new ObjectMetaBuilder(before.get().getMetadata())
                .withGeneration(before.get().getMetadata().getGeneration() + 1)
                .build()
            : newMetadata(id));
    policy.setSpec(spec);
    put(Kind.POLICY, id, policy);
  }

  /** Begins a deletion, which finalizers hold up. */
  void delete(Kind kind, ResourceID id) {
    HasMetadata object = of(kind).get(text(id));
    if (object == null) {
      return;
    }
    if (object instanceof ExportableKey key && !key.getMetadata().getFinalizers().isEmpty()) {
      if (!key.isMarkedForDeletion()) {
        put(
            kind,
            id,
            copy(
                key,
                m -> {
                  m.setDeletionTimestamp(ModelClock.START.toString());
                  m.setGeneration(m.getGeneration() + 1);
                }));
      }
      return;
    }
    remove(kind, id);
  }

  /** From now on nothing can be created there. */
  void terminate(String namespace) {
    terminating.add(namespace);
  }

  void reopen(String namespace) {
    terminating.remove(namespace);
  }

  boolean isTerminating(String namespace) {
    return terminating.contains(namespace);
  }

  /** Removes what belongs to objects that are gone. */
  void collectGarbage() {
    Set<String> alive = new HashSet<>();
    all(Kind.KEY).forEach(key -> alive.add(key.getMetadata().getUid()));
    for (HasMetadata grant : all(Kind.GRANT)) {
      if (grant.getMetadata().getOwnerReferences().stream()
          .noneMatch(owner -> alive.contains(owner.getUid()))) {
        remove(Kind.GRANT, ResourceID.fromResource(grant));
      }
    }
  }

  /** As the framework does it: on the newest version, again on conflict. */
  Optional<ExportableKey> addFinalizer(ResourceID id, String finalizer) {
    ExportableKey key = key(id).orElseThrow(() -> failure(NOT_FOUND, "no such key"));
    if (key.isMarkedForDeletion() || key.hasFinalizer(finalizer)) {
      return Optional.of(key);
    }
    ExportableKey changed = copy(key, m -> m.getFinalizers().add(finalizer));
    put(Kind.KEY, id, changed);
    return Optional.of(changed);
  }

  Optional<ExportableKey> removeFinalizer(ResourceID id, String finalizer) {
    Optional<ExportableKey> key = key(id).filter(k -> k.hasFinalizer(finalizer));
    if (key.isEmpty()) {
      return key(id);
    }
    ExportableKey changed = copy(key.get(), m -> m.getFinalizers().remove(finalizer));
    if (changed.isMarkedForDeletion() && changed.getMetadata().getFinalizers().isEmpty()) {
      remove(Kind.KEY, id);
      return Optional.empty();
    }
    put(Kind.KEY, id, changed);
    return Optional.of(changed);
  }

  /** The whole status is the operator's; a UID that is given is a precondition. */
  ExportableKey applyStatus(ExportableKey applied) {
    ResourceID id = ResourceID.fromResource(applied);
    ExportableKey key = key(id).orElseThrow(() -> failure(NOT_FOUND, "no such key"));
    String uid = applied.getMetadata().getUid();
    if (uid != null && !uid.equals(key.getMetadata().getUid())) {
      throw failure(CONFLICT, "uid mismatch");
    }
    return withStatus(id, key, applied.getStatus());
  }

  /** Somebody with the right to write statuses. */
  void editStatus(ResourceID id, @Nullable ExportableKeyStatus status) {
    key(id).ifPresent(key -> withStatus(id, key, status));
  }

  private ExportableKey withStatus(
      ResourceID id, ExportableKey key, @Nullable ExportableKeyStatus status) {
    if (Objects.equals(key.getStatus(), status)) {
      return key;
    }
    ExportableKey changed = copy(key, m -> {});
    changed.setStatus(status);
    put(Kind.KEY, id, changed);
    return changed;
  }

  /** What the operator owns is replaced, what others added stays. */
  void applyGrant(ConfigMap applied) {
    ResourceID id = ResourceID.fromResource(applied);
    Optional<ConfigMap> before = grant(id);
    if (before.isEmpty() && terminating.contains(id.getNamespace().orElseThrow())) {
      throw failure(FORBIDDEN, "the namespace is being terminated");
    }
    ConfigMap base =
        before.orElseGet(() -> new ConfigMapBuilder().withMetadata(newMetadata(id)).build());
    ConfigMap merged =
        new ConfigMapBuilder(base)
            .editMetadata()
            .addToLabels(applied.getMetadata().getLabels())
            .addToAnnotations(applied.getMetadata().getAnnotations())
            .withOwnerReferences(applied.getMetadata().getOwnerReferences())
            .endMetadata()
            .addToData(applied.getData())
            .build();
    if (!merged.equals(base) || before.isEmpty()) {
      put(Kind.GRANT, id, merged);
    }
  }

  void editGrant(ResourceID id, Map<String, String> data) {
    grant(id)
        .ifPresent(map -> put(Kind.GRANT, id, new ConfigMapBuilder(map).withData(data).build()));
  }

  static KubernetesClientException failure(int code, String message) {
    return new KubernetesClientException(message, code, null);
  }

  private ObjectMeta newMetadata(ResourceID id) {
    return new ObjectMetaBuilder()
        .withName(id.getName())
        .withNamespace(id.getNamespace().orElseThrow())
        .withUid("uid-" + ++uids)
        .withGeneration(1L)
        .build();
  }

  private static ExportableKey copy(ExportableKey key, Consumer<ObjectMeta> change) {
    ExportableKey copy = new ExportableKey();
    ObjectMeta metadata = new ObjectMetaBuilder(key.getMetadata()).build();
    change.accept(metadata);
    copy.setMetadata(metadata);
    copy.setSpec(key.getSpec());
    copy.setStatus(key.getStatus());
    return copy;
  }

  private void put(Kind kind, ResourceID id, HasMetadata object) {
    object.getMetadata().setResourceVersion(Long.toString(++version));
    of(kind).put(text(id), object);
    changes(kind).add(new Change(kind, id, object, false));
  }

  private void remove(Kind kind, ResourceID id) {
    HasMetadata object = of(kind).remove(text(id));
    if (object != null) {
      version++;
      changes(kind).add(new Change(kind, id, object, true));
    }
  }

  private static String text(ResourceID id) {
    return id.getNamespace().orElseThrow() + "/" + id.getName();
  }

  /** A view of what is there, by id. */
  Map<ResourceID, HasMetadata> snapshot(Kind kind) {
    Map<ResourceID, HasMetadata> snapshot = new HashMap<>();
    all(kind).forEach(object -> snapshot.put(ResourceID.fromResource(object), object));
    return snapshot;
  }
}
