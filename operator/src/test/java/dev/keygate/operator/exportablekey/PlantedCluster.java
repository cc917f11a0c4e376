package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;

/** The API server, for a subclass that has one thing wrong. */
class PlantedCluster implements KeyCluster {

  final KeyCluster sound;

  PlantedCluster(KeyCluster sound) {
    this.sound = sound;
  }

  @Override
  public Optional<ReleasePolicy> policy() {
    return sound.policy();
  }

  @Override
  public Optional<ConfigMap> grant() {
    return sound.grant();
  }

  @Override
  public void addFinalizer(String name) {
    sound.addFinalizer(name);
  }

  @Override
  public void removeFinalizer(String name) {
    sound.removeFinalizer(name);
  }

  @Override
  public void applyGrant(ConfigMap desired) {
    sound.applyGrant(desired);
  }

  @Override
  public void applyStatus(ExportableKey applied) {
    sound.applyStatus(applied);
  }
}
