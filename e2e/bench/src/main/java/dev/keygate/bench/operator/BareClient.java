package dev.keygate.bench.operator;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.condition.ConditionReason;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.VaultHost;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/**
 * Writes what the operator wrote, and nothing more: a key to its vault, a ConfigMap, a status and
 * Events to the API server. It reads nothing back and decides nothing.
 */
final class BareClient {

  private static final String FIELD_MANAGER = "bench";

  /** Why a key waits for its policy. */
  private static final String BEFORE_THE_POLICY = ConditionReason.PolicyNotFound.name();

  private final KubernetesClient client;
  private final KeyManagementClient vaults;
  private final BenchKeys keys;
  private final Sample sample;

  /** What the operator wrote for one key from the policy's creation on. */
  record Sample(ConfigMap grant, ExportableKeyStatus status, List<Event> events) {

    static Sample of(BenchKeys made) {
      String name = BenchKeys.name(0);
      KubernetesClient client = made.client();
      String namespace = made.namespace();
      return new Sample(
          client.configMaps().inNamespace(namespace).withName(name + ".keygate").get(),
          client
              .resources(ExportableKey.class)
              .inNamespace(namespace)
              .withName(name)
              .get()
              .getStatus(),
          client.v1().events().inNamespace(namespace).list().getItems().stream()
              .filter(event -> event.getInvolvedObject().getName().equals(name))
              .filter(event -> !event.getReason().equals(BEFORE_THE_POLICY))
              .toList());
    }
  }

  BareClient(KeyManagementClient vaults, BenchKeys keys, Sample sample) {
    this.client = keys.client();
    this.vaults = vaults;
    this.keys = keys;
    this.sample = sample;
  }

  /** All for one key. */
  void write(int number) throws Exception {
    vaults.create(
        KeyIdentifier.of(new VaultHost(BenchVaults.hostOf(number)), keys.vaultName(number)),
        new KeyCreation(
            new KeyShape.Ec("EC-HSM", "P-256"),
            new KeyProperties(
                List.of("sign", "verify"), KeyLifetime.UNLIMITED, Map.of("keygate-owner", "bench")),
            new VaultReleasePolicy(
                "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":"
                    + "\"https://sharedweu.weu.attest.azure.net\",\"allOf\":[{\"claim\":\"c\","
                    + "\"equals\":\"v\"}]}]}",
                VaultReleasePolicy.Mutability.MUTABLE)));
    writeGrant(number);
    writeStatus(number);
    for (Event event : sample.events()) {
      writeEvent(number, event);
    }
  }

  private void writeGrant(int number) {
    ConfigMap grant = new ConfigMap();
    grant.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(keys.namespace())
            .withName(BenchKeys.name(number) + ".keygate")
            .withLabels(sample.grant().getMetadata().getLabels())
            .withAnnotations(sample.grant().getMetadata().getAnnotations())
            .build());
    grant.setData(sample.grant().getData());
    client.resource(grant).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
  }

  private void writeStatus(int number) {
    ExportableKey key = new ExportableKey();
    key.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(keys.namespace())
            .withName(BenchKeys.name(number))
            .build());
    key.setStatus(sample.status());
    client
        .resource(key)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .build());
  }

  private void writeEvent(int number, Event event) {
    Event copy = Serialization.clone(event);
    copy.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(keys.namespace())
            .withGenerateName(BenchKeys.name(number) + ".")
            .build());
    copy.getInvolvedObject().setNamespace(keys.namespace());
    client.v1().events().resource(copy).create();
  }
}
