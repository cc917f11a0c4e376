package dev.keygate.operator.injection;

import dev.keygate.api.v1alpha1.ExportableKeySpec;

/** What the name of a key leads to in the pod's namespace. */
public sealed interface ResolvedKey {

  /** No ExportableKey of that name. */
  record Unknown() implements ResolvedKey {}

  /**
   * An ExportableKey.
   *
   * @param policy what its {@code releasePolicyRef} leads to
   */
  record Found(ExportableKeySpec spec, GuardingPolicy policy) implements ResolvedKey {}
}
