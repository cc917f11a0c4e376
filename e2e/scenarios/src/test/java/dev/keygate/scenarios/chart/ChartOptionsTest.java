package dev.keygate.scenarios.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the chart's options change. */
class ChartOptionsTest {

  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final String DEVICE_PLUGIN =
      "{devicePlugin: {enabled: true, shares: 30, image: {digest: '" + DIGEST + "'}}}";
  private static final String LAB = "{lab: {enabled: true, proxy: '10.244.0.1:3128'}}";

  @Test
  void defaultsBringNothingOptional() throws IOException {
    assertThat(KeygateChart.render())
        .extracting(RenderedObject::kind)
        .doesNotContain("DaemonSet", "NetworkPolicy", "Certificate", "Issuer", "Namespace");
  }

  @Test
  void certManagerTakesTheOperatorsRightsAway() throws IOException {
    List<RenderedObject> objects = KeygateChart.render("{webhook: {certificate: CertManager}}");

    assertThat(objects)
        .extracting(RenderedObject::reference)
        .doesNotContain("Secret/keygate-webhook-tls")
        .contains(
            "Issuer/keygate-selfsigned",
            "Certificate/keygate-webhook-ca",
            "Issuer/keygate-webhook",
            "Certificate/keygate-webhook");
    assertThat(one(objects, "ClusterRole/keygate-operator").content().toString())
        .doesNotContain("secrets", "mutatingwebhookconfigurations");
    assertThat(one(objects, "Role/keygate-operator").content().toString())
        .contains("leases")
        .doesNotContain("secrets");
    assertThat(
            one(objects, "MutatingWebhookConfiguration/keygate-injection")
                .content()
                .at("/metadata/annotations")
                .path("cert-manager.io/inject-ca-from")
                .asText())
        .isEqualTo("keygate-system/keygate-webhook");
    assertThat(environment(objects)).containsEntry("keygate.webhook.certificate", "Mounted");
  }

  @Test
  void operatorsRoleHasNoWildcardAndNoSecretOfItsOwnChoice() throws IOException {
    for (RenderedObject object : KeygateChart.render()) {
      for (JsonNode rule : object.content().path("rules")) {
        assertThat(rule.toString()).doesNotContain("*");
        if (rule.path("resources").toString().contains("secrets")) {
          assertThat(object.kind()).isEqualTo("Role");
          assertThat(rule.path("resourceNames").toString()).isEqualTo("[\"keygate-webhook-tls\"]");
          assertThat(rule.path("verbs").toString()).doesNotContain("list", "watch", "create");
        }
      }
    }
  }

  @Test
  void operatorMayWriteOneLease() throws IOException {
    List<JsonNode> onLeases = new ArrayList<>();
    for (RenderedObject object : KeygateChart.render()) {
      for (JsonNode rule : object.content().path("rules")) {
        if (rule.path("resources").toString().contains("leases")) {
          assertThat(object.kind()).isEqualTo("Role");
          onLeases.add(rule);
        }
      }
    }

    assertThat(onLeases)
        .extracting(rule -> rule.path("resourceNames") + " " + rule.path("verbs"))
        .containsExactlyInAnyOrder(
            "[\"keygate-operator\"] [\"get\",\"create\",\"update\",\"patch\"]", " [\"create\"]");
  }

  @Test
  void aLoneReplicaHasNoBudgetThatWouldKeepItsNode() throws IOException {
    assertThat(KeygateChart.render("{operator: {replicas: 1}}"))
        .extracting(RenderedObject::kind)
        .doesNotContain("PodDisruptionBudget");
    assertThat(
            one(KeygateChart.render(), "Deployment/keygate-operator")
                .content()
                .at("/spec/replicas"))
        .hasToString("2");
    assertThat(
            one(KeygateChart.render(), "PodDisruptionBudget/keygate-operator")
                .content()
                .at("/spec/maxUnavailable"))
        .hasToString("1");
  }

  @Test
  void shippedSecretAndWebhookSayNothingOfWhatTheOperatorWrites() throws IOException {
    List<RenderedObject> objects = KeygateChart.render();

    JsonNode secret = one(objects, "Secret/keygate-webhook-tls").content();
    assertThat(secret.has("data") || secret.has("stringData")).isFalse();
    assertThat(one(objects, "MutatingWebhookConfiguration/keygate-injection").text())
        .doesNotContain("caBundle:");
  }

  @Test
  void policiesAreBoundInAllNamespacesAndDeny() throws IOException {
    List<RenderedObject> objects = KeygateChart.render();
    List<String> bound = new ArrayList<>();
    for (RenderedObject object : objects) {
      if (object.kind().equals("ValidatingAdmissionPolicyBinding")) {
        assertThat(object.content().path("spec").has("matchResources")).isFalse();
        assertThat(object.content().at("/spec/validationActions").toString())
            .isEqualTo("[\"Deny\"]");
        bound.add(object.content().at("/spec/policyName").asText());
      }
    }

    assertThat(bound)
        .hasSize(3)
        .containsExactlyInAnyOrderElementsOf(
            objects.stream()
                .filter(object -> object.kind().equals("ValidatingAdmissionPolicy"))
                .map(RenderedObject::name)
                .toList());
  }

  @Test
  void imageOfTheSidecarIsTheSameForInjectionAndForThePolicy() throws IOException {
    List<RenderedObject> objects =
        KeygateChart.render(
            "{sidecar: {image: {repository: 'registry.example:5000/sidecar', tag: x, digest: '"
                + DIGEST
                + "'}}}");

    String image = "registry.example:5000/sidecar@" + DIGEST;
    assertThat(environment(objects)).containsEntry("keygate.injection.sidecar-image", image);
    assertThat(one(objects, "ValidatingAdmissionPolicy/keygate-vtpm").text())
        .contains("'" + image + "'");
  }

  @Test
  void devicePluginOffersTheDeviceTogetherWithTheEventLog() throws IOException {
    JsonNode daemonSet =
        one(KeygateChart.render(DEVICE_PLUGIN), "DaemonSet/keygate-device-plugin").content();
    JsonNode container = daemonSet.at("/spec/template/spec/containers/0");
    JsonNode device = new YAMLMapper().readTree(container.path("args").path(2).asText());

    assertThat(daemonSet.at("/metadata/namespace").asText()).isEqualTo("kube-system");
    assertThat(container.path("image").asText()).endsWith("@" + DIGEST);
    assertThat(container.path("args").path(0).asText()).isEqualTo("--domain=keygate.dev");
    assertThat(device.path("name").asText()).isEqualTo("vtpm");
    assertThat(device.at("/groups/0/count").asInt()).isEqualTo(30);
    assertThat(device.at("/groups/0/paths/0/path").asText()).isEqualTo("/dev/tpmrm0");
    assertThat(device.at("/groups/0/paths/1/mountPath").asText())
        .isEqualTo("/run/keygate/boot-log");
    assertThat(device.at("/groups/0/paths/1/readOnly").asBoolean()).isTrue();
    assertThat(container.toString()).doesNotContain("\"privileged\"");
  }

  @Test
  void labIsAllowedByThePolicyOnlyWhereItIsOn() throws IOException {
    String policy = "ValidatingAdmissionPolicy/keygate-vtpm";

    assertThat(one(KeygateChart.render(), policy).text()).contains("keygate.lab.");
    assertThat(one(KeygateChart.render(LAB), policy).text()).doesNotContain("keygate.lab.");
  }

  @Test
  void labReachesTheOperatorAndThePods() throws IOException {
    assertThat(environment(KeygateChart.render()).keySet())
        .noneMatch(name -> name.contains(".lab."));
    assertThat(environment(KeygateChart.render(LAB)))
        .containsEntry("keygate.lab.trust-roots", "/run/keygate/lab/trust")
        .containsEntry("keygate.lab.proxy", "10.244.0.1:3128")
        .containsEntry("keygate.injection.lab.proxy", "10.244.0.1:3128")
        .containsEntry("keygate.injection.lab.tpm", "/run/keygate/lab/tpm.sock");
  }

  @Test
  void deviceGroupIsANumberHoweverItIsWritten() throws IOException {
    assertThat(environment(KeygateChart.render("{sidecar: {deviceGroup: 111}}")))
        .containsEntry("keygate.injection.device-group", "111");
    assertThat(environment(KeygateChart.render("{sidecar: {deviceGroup: '111'}}")))
        .containsEntry("keygate.injection.device-group", "111");
    assertThat(environment(KeygateChart.render("{sidecar: {deviceGroup: 0}}")))
        .containsEntry("keygate.injection.device-group", "0");
  }

  @Test
  void collectorPortIsANumberHoweverItIsWritten() throws IOException {
    assertThat(environment(KeygateChart.render("{sidecar: {collectorPort: 4318}}")))
        .containsEntry("keygate.injection.collector-port", "4318");
    assertThat(environment(KeygateChart.render("{sidecar: {collectorPort: '4318'}}")))
        .containsEntry("keygate.injection.collector-port", "4318");
    assertThat(environment(KeygateChart.render("{}")))
        .doesNotContainKey("keygate.injection.collector-port");
  }

  @Test
  void placementAndPullSecretsReachTheOperatorsPod() throws IOException {
    JsonNode spec =
        one(
                KeygateChart.render(
                    "{imagePullSecrets: [pull], watchedNamespaces: [shop, bank], operator:"
                        + " {priorityClassName: high, nodeSelector: {pool: system}, tolerations:"
                        + " [{key: x, operator: Exists}]}}"),
                "Deployment/keygate-operator")
            .content()
            .at("/spec/template/spec");

    assertThat(spec.at("/imagePullSecrets/0/name").asText()).isEqualTo("pull");
    assertThat(spec.path("priorityClassName").asText()).isEqualTo("high");
    assertThat(spec.at("/nodeSelector/pool").asText()).isEqualTo("system");
    assertThat(spec.at("/tolerations/0/key").asText()).isEqualTo("x");
    assertThat(spec.toString()).contains("\"shop,bank\"");
  }

  @Test
  void kindsCanBeLeftToSomebodyElse() throws IOException {
    assertThat(KeygateChart.render("{crds: {install: false}}"))
        .extracting(RenderedObject::kind)
        .doesNotContain("CustomResourceDefinition");
  }

  private static RenderedObject one(List<RenderedObject> objects, String reference) {
    return objects.stream()
        .filter(object -> object.reference().equals(reference))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not rendered: " + reference));
  }

  private static Map<String, String> environment(List<RenderedObject> objects) {
    Map<String, String> environment = new TreeMap<>();
    one(objects, "Deployment/keygate-operator")
        .content()
        .at("/spec/template/spec/containers/0/env")
        .forEach(
            variable ->
                environment.put(variable.path("name").asText(), variable.path("value").asText()));
    return environment;
  }
}
