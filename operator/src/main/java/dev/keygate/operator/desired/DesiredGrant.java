package dev.keygate.operator.desired;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.contract.Annotations;
import dev.keygate.contract.FieldManagers;
import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantConfigMap;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMap that carries a key's grant to its sidecars. It goes away with the ExportableKey,
 * which owns it.
 */
public final class DesiredGrant {

  private static final int MAX_LABEL_LENGTH = 63;

  private DesiredGrant() {}

  /** The whole ConfigMap. */
  public static ConfigMap of(ExportableKey owner, Grant grant) {
    String name = owner.getMetadata().getName();
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(GrantConfigMap.nameFor(name))
        .withNamespace(owner.getMetadata().getNamespace())
        .addToLabels(labels(name))
        .addToAnnotations(Annotations.POLICY_DIGEST, grant.policyDigest().value())
        .addNewOwnerReference()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(name)
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .addToData(GrantConfigMap.FILE, GrantJson.write(grant))
        .build();
  }

  /**
   * Whether applying would change nothing: all that {@link #of} writes is there. What others added
   * is theirs.
   */
  public static boolean isIn(ConfigMap actual, ConfigMap desired) {
    return contains(actual.getData(), desired.getData())
        && contains(actual.getMetadata().getLabels(), desired.getMetadata().getLabels())
        && contains(actual.getMetadata().getAnnotations(), desired.getMetadata().getAnnotations())
        && actual
            .getMetadata()
            .getOwnerReferences()
            .containsAll(desired.getMetadata().getOwnerReferences());
  }

  /** A label's value has 63 characters; an object with a longer name does without that label. */
  private static Map<String, String> labels(String exportableKey) {
    return exportableKey.length() <= MAX_LABEL_LENGTH
        ? Map.of(Labels.MANAGED_BY, FieldManagers.OPERATOR, Labels.EXPORTABLE_KEY, exportableKey)
        : Map.of(Labels.MANAGED_BY, FieldManagers.OPERATOR);
  }

  /** The API server leaves an empty map out. */
  private static boolean contains(
      @Nullable Map<String, String> actual, Map<String, String> desired) {
    return actual != null && actual.entrySet().containsAll(desired.entrySet());
  }
}
