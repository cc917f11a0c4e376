package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * What is applied server-side to write a status: the object's identity and the status, no more. The
 * UID is part of the identity: the API server refuses a status for an object of the same name that
 * was made meanwhile.
 */
final class AppliedStatus {

  private AppliedStatus() {}

  static ExportableKey of(ExportableKey key, ExportableKeyStatus status) {
    ExportableKey applied = new ExportableKey();
    applied.setMetadata(
        new ObjectMetaBuilder()
            .withName(key.getMetadata().getName())
            .withNamespace(key.getMetadata().getNamespace())
            .withUid(key.getMetadata().getUid())
            .build());
    applied.setStatus(status);
    return applied;
  }
}
