package dev.keygate.operator;

import static dev.keygate.operator.KeyObjects.apply;
import static dev.keygate.operator.KeyObjects.awaitReady;
import static dev.keygate.operator.KeyObjects.condition;
import static dev.keygate.operator.KeyObjects.grant;
import static dev.keygate.operator.KeyObjects.key;
import static dev.keygate.operator.KeyObjects.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantJson;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.PolicyParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyLifecycleIT {

  private static Installation installation;

  @BeforeAll
  static void start() {
    installation = Installation.shared();
  }

  @Test
  void examplesBecomeAKeyInTheVaultAndAGrant() throws Exception {
    installation.kubectl().require("apply", "-f", examples());

    awaitReady("shop", "orders");

    ExportableKey orders = key("shop", "orders");
    PolicyDigest digest = PolicyDigest.of(installation.vault().policy("orders"));
    assertThat(orders.getStatus().keyId()).isEqualTo("https://contoso.vault.azure.net/keys/orders");
    assertThat(orders.getStatus().observedGeneration())
        .isEqualTo(orders.getMetadata().getGeneration());
    assertThat(orders.getStatus().policyDigest()).isEqualTo(digest.value());
    assertThat(
            installation
                .admin()
                .resources(ReleasePolicy.class)
                .inNamespace("shop")
                .withName("cvm-production")
                .get()
                .getStatus()
                .digest())
        .isEqualTo(digest.value());
    assertThat(installation.vault().key("orders").recorded().exportable()).isTrue();
    await().untilAsserted(() -> assertGrant("shop", "orders", digest));
  }

  @Test
  void editedPolicyIsFollowedByTheVaultAndTheGrant() throws Exception {
    apply(Manifests.policy("edited", "v1"), Manifests.key("edited", "edited", ""));
    awaitReady("default", "edited");

    apply(Manifests.policy("edited", "v2"));

    PolicyDigest digest = PolicyDigest.of(PolicyParser.parse(Manifests.policyJson("v2")));
    soon()
        .untilAsserted(
            () ->
                assertThat(PolicyDigest.of(installation.vault().policy("edited")))
                    .isEqualTo(digest));
    soon().untilAsserted(() -> assertGrant("default", "edited", digest));
  }

  @Test
  void policyThatBecomesMalformedStopsAtTheObjectAndLeavesTheVault() throws Exception {
    apply(Manifests.policy("broken", "v1"), Manifests.key("broken", "broken", ""));
    awaitReady("default", "broken");

    apply(Manifests.policy("broken", "v1").replace("equals:", "less:"));

    awaitStalled("broken", "PolicyNotAccepted");
    assertThat(PolicyDigest.of(installation.vault().policy("broken")))
        .isEqualTo(PolicyDigest.of(PolicyParser.parse(Manifests.policyJson("v1"))));
  }

  @Test
  void driftInTheVaultIsRepaired() throws Exception {
    apply(
        Manifests.policy("drift", "v1"),
        Manifests.key("drift", "drift", "tags: {team: orders}, keyOperations: [decrypt]"));
    awaitReady("default", "drift");
    Map<String, String> tags = installation.vault().key("drift").properties().tags();

    installation.vault().setPolicy("drift", Manifests.policyJson("anybody"));
    installation.vault().setTags("drift", Map.of("keygate-owner", "default/drift"));
    // Without the UID's tag the key is no longer known to be this object's; with it, it is.
    assertThat(tags).containsKeys("team", "keygate-owner", "keygate-owner-uid");
    awaitStalled("drift", Reason.KeyExists.name());
    installation
        .vault()
        .setTags("drift", Map.of("keygate-owner-uid", tags.get("keygate-owner-uid")));

    soon()
        .untilAsserted(
            () -> {
              assertThat(installation.vault().key("drift").properties().tags()).isEqualTo(tags);
              assertThat(PolicyDigest.of(installation.vault().policy("drift")).value())
                  .isEqualTo(key("default", "drift").getStatus().policyDigest());
            });
    awaitReady("default", "drift");
  }

  @Test
  void grantThatIsEditedOrDeletedIsRepaired() throws Exception {
    apply(Manifests.policy("grant", "v1"), Manifests.key("grant", "grant", ""));
    awaitReady("default", "grant");
    PolicyDigest digest = PolicyDigest.of(PolicyParser.parse(Manifests.policyJson("v1")));
    soon().untilAsserted(() -> assertGrant("default", "grant", digest));

    installation
        .admin()
        .configMaps()
        .inNamespace("default")
        .withName("grant.keygate")
        .edit(
            map -> new ConfigMapBuilder(map).addToData("grant.json", "{\"forged\":true}").build());
    soon().untilAsserted(() -> assertGrant("default", "grant", digest));

    installation.admin().configMaps().inNamespace("default").withName("grant.keygate").delete();
    soon().untilAsserted(() -> assertGrant("default", "grant", digest));
  }

  @Test
  void settledObjectsAreNotWrittenAgain() throws Exception {
    apply(Manifests.policy("quiet", "v1"), Manifests.key("quiet", "quiet", ""));
    awaitReady("default", "quiet");
    soon().until(() -> grant("default", "quiet").isPresent());
    String before = versions("quiet");

    await()
        .during(Duration.ofSeconds(7)) // two resyncs
        .atMost(Duration.ofSeconds(30))
        .until(() -> versions("quiet").equals(before));
  }

  @Test
  void missingPolicyIsNamedAndItsCreationIsNoticed() throws Exception {
    apply(Manifests.key("waiting", "later", ""));
    awaitStalled("waiting", "PolicyNotFound");

    apply(Manifests.policy("later", "v1"));

    awaitReady("default", "waiting");
  }

  @Test
  void softDeletedNameIsRefusedUntilTheSpecSaysRecover() throws Exception {
    apply(Manifests.policy("deleted", "v1"), Manifests.key("deleted", "deleted", ""));
    awaitReady("default", "deleted");

    installation.vault().softDelete("deleted");
    awaitStalled("deleted", Reason.KeySoftDeleted.name());
    apply(Manifests.key("deleted", "deleted", "softDeletedName: Recover"));

    awaitReady("default", "deleted");
  }

  @Test
  void keyThatIsNotExportableIsRefused() throws Exception {
    installation.vault().createWithoutExport("closed");

    apply(
        Manifests.policy("closed", "v1"),
        Manifests.key("closed", "closed", "adoption: IfExportable"));

    awaitStalled("closed", Reason.KeyNotExportable.name());
  }

  @Test
  void keyOfAnotherObjectIsNeverTaken() throws Exception {
    apply(Manifests.policy("owned", "v1"), Manifests.key("owned", "owned", ""));
    awaitReady("default", "owned");

    apply(
        Manifests.policy("thief", "v2"),
        Manifests.key("thief", "thief", "keyName: owned, adoption: IfExportable"));

    awaitStalled("thief", Reason.KeyExists.name());
    assertThat(PolicyDigest.of(installation.vault().policy("owned")))
        .isEqualTo(PolicyDigest.of(PolicyParser.parse(Manifests.policyJson("v1"))));
  }

  @Test
  void missingPermissionIsNamedAndGoesOnOnceItIsGiven() throws Exception {
    installation.lab().assign("contoso", "operator", Set.of("get"));
    try {
      apply(Manifests.policy("forbidden", "v1"), Manifests.key("forbidden", "forbidden", ""));
      soon()
          .untilAsserted(
              () ->
                  assertThat(condition("default", "forbidden", ConditionType.Authorized))
                      .map(Condition::reason)
                      .contains(ConditionReason.AwaitingPermission.name()));
      assertThat(condition("default", "forbidden", ConditionType.Authorized))
          .map(Condition::status)
          .contains(ConditionStatus.False);
    } finally {
      installation
          .lab()
          .assign(
              "contoso",
              "operator",
              Set.of("create", "get", "list", "update", "delete", "recover"));
    }

    awaitReady("default", "forbidden");
  }

  @Test
  void retainedKeyOutlivesItsObjectWhichHasNoFinalizer() throws Exception {
    apply(Manifests.policy("retained", "v1"), Manifests.key("retained", "retained", ""));
    awaitReady("default", "retained");
    assertThat(key("default", "retained").getMetadata().getFinalizers()).isEmpty();

    delete("retained");

    assertThat(installation.vault().key("retained").recorded().exportable()).isTrue();
  }

  @Test
  void softDeleteDeletesTheKeyBeforeItsObjectGoes() throws Exception {
    apply(Manifests.policy("gone", "v1"), Manifests.key("gone", "gone", "deletion: SoftDelete"));
    awaitReady("default", "gone");
    assertThat(key("default", "gone").getMetadata().getFinalizers()).hasSize(1);

    delete("gone");

    assertThatThrownBy(() -> installation.vault().key("gone"))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KeyNotFound));
  }

  @Test
  void killedOperatorResumesAfterARestart() throws Exception {
    apply(Manifests.policy("resumed", "v1"), Manifests.key("resumed", "resumed", ""));
    awaitReady("default", "resumed");

    installation.killOperator();
    apply(Manifests.policy("resumed", "v2"), Manifests.key("started", "resumed", ""));
    installation.restartOperator();

    awaitReady("default", "started");
    soon()
        .untilAsserted(
            () ->
                assertThat(PolicyDigest.of(installation.vault().policy("resumed")))
                    .isEqualTo(PolicyDigest.of(PolicyParser.parse(Manifests.policyJson("v2")))));
  }

  @Test
  void logHoldsNoToken() throws Exception {
    assertThat(installation.operatorLog()).isNotEmpty().doesNotContain("eyJ");
  }

  private static void delete(String name) throws Exception {
    installation
        .kubectl()
        .require("delete", "exportablekey", name, "--namespace=default", "--timeout=30s");
  }

  private static String examples() {
    return Installation.DEPLOY.resolve("examples").resolve("orders").toString();
  }

  private static void awaitStalled(String name, String reason) {
    soon()
        .untilAsserted(
            () -> {
              assertThat(condition("default", name, ConditionType.Stalled))
                  .as(name + ": " + key("default", name).getStatus())
                  .map(Condition::reason)
                  .contains(reason);
              assertThat(condition("default", name, ConditionType.Ready))
                  .map(Condition::status)
                  .contains(ConditionStatus.False);
            });
  }

  private static void assertGrant(String namespace, String name, PolicyDigest digest)
      throws Exception {
    ConfigMap map = grant(namespace, name).orElseThrow(() -> new AssertionError("no grant yet"));
    ExportableKey owner = key(namespace, name);
    Grant grant = GrantJson.parse(String.valueOf(map.getData().get("grant.json")));
    assertThat(grant.policyDigest()).isEqualTo(digest);
    assertThat(grant.keyIdentifier().toString()).isEqualTo(owner.getStatus().keyId());
    assertThat(grant.currentVersion().value()).isEqualTo(owner.getStatus().currentVersion());
    assertThat(map.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .isEqualTo(List.of(owner.getMetadata().getUid()));
  }

  private static String versions(String name) {
    return key("default", name).getMetadata().getResourceVersion()
        + "/"
        + grant("default", name).orElseThrow().getMetadata().getResourceVersion();
  }
}
