package dev.keygate.bench.operator;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many keys of one namespace, which wait for the one policy that they refer to. */
final class BenchKeys {

  private static final String POLICY =
      """
      ---
      apiVersion: keygate.dev/v1alpha1
      kind: ReleasePolicy
      metadata: {name: cvm}
      spec:
        grammar:
          version: 1.0.0
          anyOf:
            - authority: https://sharedweu.weu.attest.azure.net
              allOf:
                - {claim: x-ms-isolation-tee.x-ms-attestation-type, equals: sevsnpvm}
                - {claim: x-ms-isolation-tee.x-ms-compliance-status, equals: azure-compliant-cvm}
      """;

  private final KubernetesClient client;
  private final String namespace;

  private BenchKeys(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Makes the namespace; it has no keys yet. */
  static BenchKeys inNew(KubernetesClient client, String namespace) {
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    return new BenchKeys(client, namespace);
  }

  /** Something done for each of many keys, from as many threads as the operator has runs. */
  @FunctionalInterface
  interface Each {
    void run(int number) throws Exception;
  }

  static void forEach(int from, int to, Each each) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      List<Future<?>> done = new ArrayList<>();
      for (int number = from; number < to; number++) {
        int key = number;
        done.add(
            threads.submit(
                () -> {
                  each.run(key);
                  return key;
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
  }

  void create(int from, int to) throws InterruptedException, ExecutionException {
    forEach(from, to, this::create);
  }

  /** From now on they can be made. */
  void createPolicy() {
    client
        .load(new ByteArrayInputStream(POLICY.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .create();
  }

  private void create(int number) {
    String text =
        String.format(
            Locale.ROOT,
            """
            ---
            apiVersion: keygate.dev/v1alpha1
            kind: ExportableKey
            metadata: {name: %s, namespace: %s}
            spec: {vault: {url: '%s'}, keyName: %s, keyType: EC-HSM, curve: P-256,
              keyOperations: [sign, verify], releasePolicyRef: {name: cvm}}
            """,
            name(number),
            namespace,
            BenchVaults.urlOf(number),
            vaultName(number));
    ExportableKey key = Serialization.unmarshal(text, ExportableKey.class);
    client.resource(key).create();
  }

  /** How many are ready. */
  long ready() {
    return client.resources(ExportableKey.class).inNamespace(namespace).list().getItems().stream()
        .filter(BenchKeys::isReady)
        .count();
  }

  private static boolean isReady(ExportableKey key) {
    return key.getStatus() != null
        && Conditions.find(key.getStatus().conditions(), ConditionType.Ready)
            .filter(condition -> condition.status() == ConditionStatus.True)
            .isPresent();
  }

  static String name(int number) {
    return "key-" + number;
  }

  /** No two namespaces have a key of one name in a vault. */
  String vaultName(int number) {
    return namespace + "-" + number;
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }
}
