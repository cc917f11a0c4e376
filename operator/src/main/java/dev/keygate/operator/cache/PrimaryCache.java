package dev.keygate.operator.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a controller's own objects, for readers beside the controller: a second watch on the
 * same kind would cost its memory twice. Safe for use by several threads.
 */
public final class PrimaryCache<R extends HasMetadata> {

  private final AtomicReference<@Nullable ResourceCache<R>> cache = new AtomicReference<>();

  /** Called by the controller as soon as the framework gives it its cache. */
  public void follow(ResourceCache<R> controllers) {
    cache.set(controllers);
  }

  /** The object, if it has been seen; nothing before the controller is registered. */
  public Optional<R> find(String namespace, String name) {
    ResourceCache<R> followed = cache.get();
    return followed == null ? Optional.empty() : followed.get(new ResourceID(name, namespace));
  }
}
