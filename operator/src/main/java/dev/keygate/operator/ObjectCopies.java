package dev.keygate.operator;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Copies of objects for runs, so that no run changes the cache. Specs and statuses of ours are
 * values, which a copy may share; to write an object as JSON and read it again, as the framework
 * does by itself, is an eighth of what a run costs that finds nothing to do.
 *
 * @param serialization for objects that are not ours
 */
record ObjectCopies(KubernetesSerialization serialization) implements Cloner {

  @Override
  @SuppressWarnings("unchecked")
  public <R extends HasMetadata> R clone(R object) {
    return switch (object) {
      case ExportableKey key -> (R) copy(key, new ExportableKey());
      case ReleasePolicy policy -> (R) copy(policy, new ReleasePolicy());
      default -> serialization.clone(object);
    };
  }

  private static <S, T> CustomResource<S, T> copy(
      CustomResource<S, T> from, CustomResource<S, T> to) {
    to.setMetadata(new ObjectMetaBuilder(from.getMetadata()).build());
    to.setSpec(from.getSpec());
    to.setStatus(from.getStatus());
    return to;
  }
}
