package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/** Reads from the framework's caches and writes to the API server, for one run. */
record FrameworkCluster(Context<ExportableKey> context) implements KeyCluster {

  @Override
  public Optional<ReleasePolicy> policy() {
    return context.getSecondaryResource(ReleasePolicy.class);
  }

  @Override
  public Optional<ConfigMap> grant() {
    return context.getSecondaryResource(ConfigMap.class);
  }

  @Override
  public void addFinalizer(String name) {
    context.resourceOperations().addFinalizer(name);
  }

  @Override
  public void removeFinalizer(String name) {
    context.resourceOperations().removeFinalizer(name);
  }

  @Override
  public void applyGrant(ConfigMap desired) {
    context.resourceOperations().serverSideApply(desired);
  }

  @Override
  public void applyStatus(ExportableKey applied) {
    context.resourceOperations().serverSideApplyPrimaryStatus(applied);
  }
}
