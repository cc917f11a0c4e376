package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectCopiesTest {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final String METADATA =
      """
      metadata:
        name: orders
        namespace: shop
        uid: 6f0c2a1e
        generation: 3
        resourceVersion: "42"
        finalizers: [keygate.dev/vault-key]
        labels: {team: orders}
        annotations: {note: kept}
      """;

  private static final String KEY =
      "apiVersion: keygate.dev/v1alpha1\nkind: ExportableKey\n"
          + METADATA
          + """
          spec:
            vault: {url: "https://contoso.vault.azure.net"}
            keyType: EC-HSM
            curve: P-256
            tags: {team: orders}
            releasePolicyRef: {name: cvm}
          status:
            observedGeneration: 3
            keyId: https://contoso.vault.azure.net/keys/orders
            conditions:
              - {type: Ready, status: "True", reason: Ready, message: m, observedGeneration: 3,
                 lastTransitionTime: "2026-01-01T00:00:00Z"}
          """;

  private static final String POLICY =
      "apiVersion: keygate.dev/v1alpha1\nkind: ReleasePolicy\n"
          + METADATA
          + """
          spec:
            profile: {name: AksConfidentialVm, tees: [SevSnp], authorities: [{region: westeurope}]}
          """;

  private static final String OTHER =
      "apiVersion: v1\nkind: ConfigMap\n" + METADATA + "data: {grant.json: '{}'}\n";

  static Stream<HasMetadata> objects() {
    return Stream.of(
        SERIALIZATION.unmarshal(KEY, ExportableKey.class),
        SERIALIZATION.unmarshal(POLICY, ReleasePolicy.class),
        SERIALIZATION.unmarshal(OTHER, ConfigMap.class));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void aCopySaysTheSame(HasMetadata object) {
    HasMetadata copy = new ObjectCopies(SERIALIZATION).clone(object);

    assertThat(copy).isNotSameAs(object).hasSameClassAs(object);
    assertThat(SERIALIZATION.asYaml(copy)).isEqualTo(SERIALIZATION.asYaml(object));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void whatIsDoneToACopyIsNotDoneToTheObject(HasMetadata object) {
    String before = SERIALIZATION.asYaml(object);
    HasMetadata copy = new ObjectCopies(SERIALIZATION).clone(object);

    copy.getMetadata().setResourceVersion("43");
    copy.getMetadata().getLabels().put("team", "others");
    copy.getMetadata().getAnnotations().clear();
    copy.removeFinalizer("keygate.dev/vault-key");
    copy.addFinalizer("example.com/another");

    assertThat(SERIALIZATION.asYaml(object)).isEqualTo(before);
  }
}
