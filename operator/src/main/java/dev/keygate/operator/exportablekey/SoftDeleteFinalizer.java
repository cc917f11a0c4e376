package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.DeletionMode;
import dev.keygate.api.v1alpha1.ExportableKey;

/** The finalizer of objects whose deletion has to undo something in a vault, and of no others. */
final class SoftDeleteFinalizer {

  static final String NAME = "keygate.dev/soft-delete";

  private SoftDeleteFinalizer() {}

  static boolean isOn(ExportableKey key) {
    return key.hasFinalizer(NAME);
  }

  /** Adds or removes it, before anything is made that it stands for. */
  static void align(ExportableKey key, KeyCluster cluster) {
    boolean isWanted = key.getSpec().deletion() == DeletionMode.SoftDelete;
    if (isWanted && !isOn(key)) {
      cluster.addFinalizer(NAME);
    } else if (!isWanted && isOn(key)) {
      release(cluster);
    }
  }

  /** Removes it, so that the object may go. */
  static void release(KeyCluster cluster) {
    cluster.removeFinalizer(NAME);
  }
}
